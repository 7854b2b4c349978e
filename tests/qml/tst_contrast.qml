import QtQuick
import QtTest
import Parking.Kiosk
import Parking.Screens
import "items.js" as Items

TestCase {
    name: "Contrast"

    // What every pair that carries words must reach (WCAG 2, level AAA).
    readonly property real enough: 7

    function test_wordsCanBeReadInBothThemes_data() {
        return [
            {tag: "day", colors: Theme.dayColors},
            {tag: "night", colors: Theme.nightColors}
        ];
    }

    function test_wordsCanBeReadInBothThemes(data) {
        const colors = data.colors;
        const pairs = {
            "number": [colors.ink, colors.background],
            "number of a full lot": [colors.alertInk, colors.background],
            "clock and names": [colors.muted, colors.background],
            "old figures": [colors.cautionInk, colors.background],
            "form": [colors.ink, colors.surface],
            "form, small print": [colors.muted, colors.surface],
            "form, fault": [colors.alertInk, colors.surface],
            "chosen button": [colors.brandInk, colors.brand],
            "touched button": [colors.ink, colors.line]
        };
        for (const tone of ["welcome", "go", "wait", "stop", "fault"])
            pairs["instruction, " + tone] = [colors[tone].ink, colors[tone].surface];
        for (const name in pairs) {
            const reached = Items.contrast(pairs[name][0], pairs[name][1]);
            verify(reached >= enough, name + ": " + reached.toFixed(2));
        }
    }

    function test_theMeasureIsRight() {
        fuzzyCompare(Items.contrast(Qt.rgba(0, 0, 0, 1), Qt.rgba(1, 1, 1, 1)), 21, 0.001);
        const grey = Qt.rgba(0x76 / 255, 0x76 / 255, 0x76 / 255, 1);
        fuzzyCompare(Items.contrast(grey, Qt.rgba(1, 1, 1, 1)), 4.54, 0.01);
    }

    function test_eachToneHasColoursOfItsOwn() {
        for (const colors of [Theme.dayColors, Theme.nightColors]) {
            const surfaces = [colors.welcome, colors.go, colors.wait, colors.stop, colors.fault].map(tone => String(tone.surface));
            compare(new Set(surfaces).size, 5);
        }
        const icons = [Tone.Welcome, Tone.Go, Tone.Wait, Tone.Stop, Tone.Fault].map(tone => Icons.tone(tone));
        compare(new Set(icons).size, 5);
    }
}
