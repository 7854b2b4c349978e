import QtQuick
import QtTest
import Parking.Screens
import Parking.Testing
import "items.js" as Items

Item {
    id: root

    width: 1280
    height: 1280

    Component {
        id: screenOf

        KioskScreen {}
    }

    TestCase {
        name: "DriveUp"
        when: windowShown

        function show(situation: string, width: int, height: int, lane: string): Item {
            const model = Bench.make("day", 0, lane);
            const screen = createTemporaryObject(screenOf, root, {model: model, width: width, height: height});
            verify(screen !== null);
            Bench.show(model, situation);
            // Layouts settle before the next frame.
            waitForRendering(screen);
            return screen;
        }

        function test_theNumberIsLargeAndInNothingsWay_data() {
            const rows = [];
            for (const [width, height] of [[800, 480], [1024, 600], [1280, 720], [720, 1280]])
                for (const situation of Bench.situations.filter(name => name !== "setup"))
                    rows.push({tag: situation + " " + width + "x" + height, situation: situation, width: width, height: height});
            return rows;
        }

        function test_theNumberIsLargeAndInNothingsWay(data) {
            const screen = show(data.situation, data.width, data.height, "in");
            const number = Items.seen(screen, "freeNumber");
            const band = Items.seen(screen, "instructionBand");
            const words = Items.seen(screen, "instruction");
            const header = Items.seen(screen, "header");
            verify(number && band && words && header);
            compare(number.text, data.situation === "joining" ? "–" : String(screen.model.lot.freeSpaces));
            const whole = Qt.rect(0, 0, data.width, data.height);
            const place = Items.rectangle(number, screen);
            verify(Items.contains(whole, place), place);
            verify(Items.contains(whole, Items.rectangle(band, screen)));
            verify(Items.contains(whole, Items.rectangle(header, screen)));
            verify(!Items.overlap(place, Items.rectangle(band, screen)), place);
            verify(!Items.overlap(place, Items.rectangle(header, screen)), place);
            if (data.width > data.height)
                verify(place.height >= 0.4 * data.height, place);
            verify(words.text !== "");
            verify(words.contentWidth <= words.width + 0.5, words.contentWidth + " in " + words.width);
            verify(words.contentHeight <= band.height, words.contentHeight + " in " + band.height);
        }

        function test_everyOtherWordIsClearlySmallerThanTheNumber() {
            const screen = show("idle", 800, 480, "in");
            const number = Items.seen(screen, "freeNumber");
            const others = Items.all(screen, item => item.visible && item.font !== undefined && item.parent !== number);
            verify(others.length >= 3);
            for (const other of others)
                verify(other.font.pixelSize * 3 < number.height, other.text);
        }

        function test_theNumberFollowsTheModel() {
            const screen = show("idle", 800, 480, "in");
            const number = Items.seen(screen, "freeNumber");
            compare(number.text, "82");
            Bench.show(screen.model, "full");
            compare(number.text, "0");
            Bench.show(screen.model, "beyond");
            compare(number.text, "120");
            Bench.show(screen.model, "below");
            compare(number.text, "0");
        }

        function test_aLaneThatTheGateDoesNotHaveIsNamed() {
            const screen = show("idle", 800, 480, "north side");
            compare(Items.seen(screen, "instruction").text, "No lane “north side” here,\nplease use another gate");
        }

        function test_theAgeIsShownOnceItMatters() {
            const screen = show("idle", 800, 480, "in");
            compare(Items.seen(screen, "ageText"), null);
            Bench.show(screen.model, "unconfirmed");
            compare(Items.seen(screen, "ageText").text, "figures from 40 s ago");
        }

        function test_aGateThatIsGoneIsSaidToRestartAndComesBack() {
            const screen = show("idle", 800, 480, "in");
            compare(Items.seen(screen, "notice"), null);
            Bench.show(screen.model, "gone");
            compare(Items.seen(screen, "notice").text, "This gate is restarting,\nplease wait");
            compare(Items.seen(screen, "freeNumber"), null);
            Bench.show(screen.model, "idle");
            compare(Items.seen(screen, "notice"), null);
            compare(Items.seen(screen, "freeNumber").text, "82");
        }

        function test_beforeTheFirstFiguresItIsStarting() {
            const screen = createTemporaryObject(screenOf, root, {model: Bench.make("day", 0, "in"), width: 800, height: 480});
            compare(Items.seen(screen, "notice").text, "Starting");
        }

        function test_itemsDoNotGatherOverManySnapshots() {
            const screen = show("idle", 800, 480, "in");
            const round = () => {
                for (const situation of Bench.situations.concat(["gone", "idle"]))
                    Bench.show(screen.model, situation);
                wait(0);
            };
            round();
            const before = Items.count(screen);
            for (let i = 0; i < 50; ++i)
                round();
            compare(Items.count(screen), before);
        }
    }
}
