ColorScheme {
    background: "#f3f6fa"
    surface: "#ffffff"
    line: "#c3cedb"
    ink: "#0b1a2b"
    muted: "#3b4a5c"
    alertInk: "#8f1414"
    cautionInk: "#5f3c00"
    brand: "#0b4596"
    brandInk: "#ffffff"
    focus: "#0b4596"

    welcome: ToneColors {
        surface: "#0b4596"
        ink: "#ffffff"
    }
    go: ToneColors {
        surface: "#075c35"
        ink: "#ffffff"
    }
    wait: ToneColors {
        surface: "#ffc640"
        ink: "#261a00"
    }
    stop: ToneColors {
        surface: "#9a1717"
        ink: "#ffffff"
    }
    fault: ToneColors {
        surface: "#2a3542"
        ink: "#ffffff"
    }
}
