.pragma library

// What a person at the screen could find.

function each(item, visit) {
    visit(item);
    for (let i = 0; i < item.children.length; ++i)
        each(item.children[i], visit);
}

function all(root, matches) {
    const found = [];
    each(root, item => {
        if (matches(item))
            found.push(item);
    });
    return found;
}

function count(root) {
    return all(root, () => true).length;
}

// The one visible item of this name; null: there is none, or more than one.
function seen(root, name) {
    const found = all(root, item => item.objectName === name && item.visible);
    return found.length === 1 ? found[0] : null;
}

function rectangle(item, screen) {
    return item.mapToItem(screen, 0, 0, item.width, item.height);
}

function contains(outer, inner) {
    const slack = 0.5;
    return inner.left >= outer.left - slack && inner.top >= outer.top - slack && inner.right <= outer.right + slack && inner.bottom <= outer.bottom + slack;
}

function overlap(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// WCAG 2: the contrast of two colours, from 1 to 21.
function contrast(a, b) {
    const bright = Math.max(luminance(a), luminance(b));
    const dark = Math.min(luminance(a), luminance(b));
    return (bright + 0.05) / (dark + 0.05);
}

function luminance(color) {
    const linear = part => part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}
