// Dark surfaces and no pure white: the screen must not blind a driver at night.
ColorScheme {
    background: "#070c13"
    surface: "#131c28"
    line: "#2c3a4b"
    ink: "#eef3f8"
    muted: "#a9b8c8"
    alertInk: "#ffaaa2"
    cautionInk: "#ffd37a"
    brand: "#123f80"
    brandInk: "#eef3f8"
    focus: "#7fb2ff"

    welcome: ToneColors {
        surface: "#0f3468"
        ink: "#dcebff"
    }
    go: ToneColors {
        surface: "#06402a"
        ink: "#b9f6d6"
    }
    wait: ToneColors {
        surface: "#4b3800"
        ink: "#ffe3a1"
    }
    stop: ToneColors {
        surface: "#5c1111"
        ink: "#ffd9d4"
    }
    fault: ToneColors {
        surface: "#2a3644"
        ink: "#eef3f8"
    }
}
