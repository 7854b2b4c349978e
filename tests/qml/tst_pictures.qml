import QtQuick
import QtTest
import Parking.Screens
import Parking.Testing

// Draws every situation at every size: the files are for people, the checks that nothing is empty.
Item {
    id: root

    width: 1280
    height: 1280

    Component {
        id: screenOf

        KioskScreen {}
    }

    TestCase {
        name: "Pictures"
        when: windowShown

        function test_everySituationIsDrawnAtEverySize_data() {
            const sizes = [[800, 480], [1024, 600], [1280, 720], [720, 1280]];
            const rows = [];
            for (const [width, height] of sizes) {
                for (const situation of Bench.situations.concat(["gone"]))
                    for (const theme of ["day", "night"])
                        rows.push({tag: situation + "-" + theme + "-" + width + "x" + height, situation: situation, theme: theme, width: width, height: height, rotation: 0, lane: "in"});
                rows.push({tag: "exit-day-" + width + "x" + height, situation: "idle", theme: "day", width: width, height: height, rotation: 0, lane: "out"});
            }
            for (const rotation of [90, 180, 270])
                rows.push({tag: "rotated-" + rotation, situation: "admitted", theme: "day", width: 800, height: 480, rotation: rotation, lane: "in"});
            return rows;
        }

        function test_everySituationIsDrawnAtEverySize(data) {
            const model = Bench.make(data.theme, data.rotation, data.lane);
            model.demoOpen = data.situation === "demo";
            const screen = createTemporaryObject(screenOf, root, {model: model, width: data.width, height: data.height});
            verify(screen !== null);
            Bench.show(model, data.situation);
            wait(data.situation === "demo" ? 300 : 0);
            const picture = grabImage(screen);
            compare(picture.width, data.width);
            compare(picture.height, data.height);
            picture.save(Bench.pictureDir + "/" + data.tag + ".png");
        }
    }
}
