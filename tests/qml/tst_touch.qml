import QtQuick
import QtTest
import Parking.Kiosk
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
        id: test

        // Pixels at 800x480, the design's smallest thing for a finger.
        readonly property real smallest: 48

        name: "Touch"
        when: windowShown

        function show(situation: string, width: int, height: int): Item {
            Bench.forget();
            const model = Bench.make("day", 0, "in");
            const screen = createTemporaryObject(screenOf, root, {model: model, width: width, height: height});
            Bench.show(model, situation);
            waitForRendering(screen);
            return screen;
        }

        function targets(screen: Item): var {
            return Items.all(screen, item => item.visible && item.tapped !== undefined);
        }

        function checkTargets(screen: Item, least: int) {
            // In portrait ten keys share the shorter side.
            const unit = screen.width > screen.height ? screen.height / 480 : 1;
            const found = targets(screen);
            verify(found.length >= least, found.length);
            const places = found.map(item => Items.rectangle(item, screen));
            const whole = Qt.rect(0, 0, screen.width, screen.height);
            places.forEach((place, i) => {
                const name = found[i].parent.objectName + ": " + place;
                verify(place.width >= smallest * unit, name);
                verify(place.height >= smallest * unit, name);
                verify(Items.contains(whole, place), name);
                verify(!places.some((other, j) => j > i && Items.overlap(place, other)), name);
            });
        }

        function test_setupIsMadeForFingers_data() {
            return [
                {tag: "800x480", width: 800, height: 480},
                {tag: "1024x600", width: 1024, height: 600},
                {tag: "1280x720", width: 1280, height: 720},
                {tag: "720x1280", width: 720, height: 1280}
            ];
        }

        function test_setupIsMadeForFingers(data) {
            const screen = show("setup", data.width, data.height);
            // Five fields, Start, ten digits, erase and next.
            checkTargets(screen, 18);
            for (const field of [Setup.Address, Setup.Port, Setup.DiscoveryAddress, Setup.DiscoveryPort]) {
                screen.model.setup.select(field);
                waitForRendering(screen);
                checkTargets(screen, 18);
            }
        }

        function test_theDemoPanelIsMadeForFingers() {
            const screen = show("demo", 800, 480);
            checkTargets(screen, 1);
            const handle = Items.seen(screen, "demoHandle");
            mouseClick(handle);
            verify(screen.model.demoOpen);
            tryVerify(() => Items.seen(screen, "demoClose") !== null);
            const close = Items.seen(screen, "demoClose");
            const whole = Qt.rect(0, 0, 800, 480);
            // It slides in.
            tryVerify(() => Items.contains(whole, Items.rectangle(close, screen)));
            tryCompare(Items.seen(screen, "demoPanel"), "x", 800 - Theme.size.panel);
            // Close, two sensors of two lanes, entries.
            checkTargets(screen, 6);
            mouseClick(Items.seen(screen, "approach in"));
            mouseClick(Items.seen(screen, "passage out"));
            compare(Bench.asked, ["sensor in approach clear", "sensor out passage present"]);
            Bench.answer("The gate is busy. Try again in a moment.");
            compare(Items.seen(screen, "demoError").text, "The gate is busy. Try again in a moment.");
            mouseClick(close);
            verify(!screen.model.demoOpen);
        }

        function test_driversHaveNothingToTouch() {
            compare(targets(show("idle", 800, 480)).length, 0);
        }
    }
}
