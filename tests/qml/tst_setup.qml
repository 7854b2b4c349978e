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

        property Item screen: null

        name: "Setup"
        when: windowShown

        function init() {
            Bench.forget();
            screen = createTemporaryObject(screenOf, root, {model: Bench.make("day", 0, "in"), width: 800, height: 480});
            Bench.show(screen.model, "setup");
            waitForRendering(screen);
        }

        function touch(name: string) {
            const item = Items.seen(screen, name);
            verify(item !== null, name);
            const finger = touchEvent(item);
            finger.press(0, item).commit();
            finger.release(0, item).commit();
        }

        function type(text: string) {
            for (const key of text)
                touch("key " + key);
        }

        function test_aNameAndStartAreSentToTheGate() {
            type("north");
            touch("start");
            compare(Bench.asked, ["setup north 127.0.0.1:7411 127.0.0.1:7400"]);
        }

        function test_everyFieldCanBeChanged() {
            type("gate_2");
            touch("key erase");
            type("3");
            touch("key next");
            type(".local");
            touch("field" + Setup.Port);
            touch("key erase");
            type("2");
            touch("field" + Setup.DiscoveryAddress);
            touch("key erase");
            type("9");
            touch("field" + Setup.DiscoveryPort);
            type("1");
            touch("start");
            compare(Bench.asked, []);
            touch("key erase");
            touch("start");
            compare(Bench.asked, ["setup gate_3 127.0.0.1.local:7412 127.0.0.9:7400"]);
        }

        function test_startWaitsForAName() {
            verify(!Items.seen(screen, "start").enabled);
            touch("start");
            compare(Bench.asked, []);
            compare(Items.seen(screen, "verdict").text, "Please fill this in.");
            type("office");
            compare(Items.seen(screen, "verdict").text, "“office” is the central computer. Choose another name.");
            touch("start");
            compare(Bench.asked, []);
        }

        function test_whatTheGateSaysAgainstItIsShownUntilSomethingChanges() {
            type("north");
            touch("start");
            compare(Items.seen(screen, "start").text, "Starting …");
            touch("start");
            compare(Bench.asked.length, 1);
            Bench.answer("127.0.0.1:7411 is in use. Choose another port");
            compare(Items.seen(screen, "verdict").text, "127.0.0.1:7411 is in use. Choose another port");
            compare(Items.seen(screen, "start").text, "Start");
            type("2");
            compare(Items.seen(screen, "verdict").text, "This is fine.");
        }

        function test_aKeyboardWorksAsWell() {
            keyClick("n");
            keyClick("x");
            keyClick(Qt.Key_Backspace);
            keyClick("o");
            keyClick(Qt.Key_Return);
            compare(Bench.asked, ["setup no 127.0.0.1:7411 127.0.0.1:7400"]);
        }

        function test_theDriveUpPageFollows() {
            type("north");
            touch("start");
            Bench.answer("");
            Bench.show(screen.model, "joining");
            compare(Items.seen(screen, "instruction").text, "Please wait");
            compare(Items.seen(screen, "start"), null);
        }
    }
}
