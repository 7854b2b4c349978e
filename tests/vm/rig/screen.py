"""Reads the number off the screen as a driver would: the largest digits there are."""

import pathlib
import tempfile

from rig import shell
from rig.picture import Picture

# A driver reads the number from his seat: less than this part of the screen's height is no number.
_LEAST_HEIGHT = 0.12
_SCALED_HEIGHT = 56  # what tesseract reads best
_MARGIN = 24
_PANELS = 4  # grounds that are tried: the page's and those of panels upon it


def number(path):
    """The number in the largest print on a screen, None when there is none."""
    picture = Picture.read(pathlib.Path(path))
    found = []
    for ground in picture.commonest(_PANELS):
        group = _largest_print(picture.reduced(2), ground)
        if group:
            found.append((group.height, ground, group))
    for _, ground, group in sorted(found, key=lambda entry: -entry[0]):
        box = group.doubled()
        text = _read(picture.cut(box, ground, _SCALED_HEIGHT, _MARGIN))
        if text.isdigit():
            return int(text)
    return None


def _largest_print(picture, ground):
    """The box around the tallest digits that stand side by side on this ground."""

    def digit_like(box):
        upright = 0.15 * box.height <= box.width <= 0.95 * box.height
        large = box.height >= _LEAST_HEIGHT * picture.height
        inside = 0 < box.left and box.right < picture.width
        return upright and large and inside

    shapes = [box for box in picture.shapes_upon(ground) if digit_like(box)]
    if not shapes:
        return None
    tallest = max(shapes, key=lambda box: box.height)
    group = tallest
    for box in shapes:
        alike = box.height >= 0.85 * tallest.height
        beside = abs(box.bottom - tallest.bottom) <= 0.1 * tallest.height
        if alike and beside:
            group = group.joined(box)
    return group


def _read(picture):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "number.pgm"
        picture.write(file)
        options = ["--psm", "7", "-c", "tessedit_char_whitelist=0123456789"]
        return shell.run("tesseract", file, "-", *options).strip().replace(" ", "")
