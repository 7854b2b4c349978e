"""Pictures as QEMU saves them, and the shapes in them."""

import collections
import dataclasses


@dataclasses.dataclass
class Box:
    """A shape's place: left and top inside, right and bottom outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self):
        return self.right - self.left

    @property
    def height(self):
        return self.bottom - self.top

    def joined(self, other):
        """The place of both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


    def doubled(self):
        """The same place in a picture of twice the size."""
        return Box(2 * self.left, 2 * self.top, 2 * self.right, 2 * self.bottom)


class Picture:
    """Brightness 0 to 255, a row of bytes each."""

    def __init__(self, rows):
        self.rows = rows
        self.width, self.height = len(rows[0]), len(rows)

    @classmethod
    def read(cls, path):
        """A PPM picture (P6, 8 bits), its colours as brightness."""
        data = path.read_bytes()
        magic, width, height, depth = data.split(maxsplit=4)[:4]
        if (magic, depth) != (b"P6", b"255"):
            raise ValueError(f"{path} is no PPM picture of 8 bits")
        width, height = int(width), int(height)
        pixels = data[-width * height * 3 :]
        grey = bytes(
            (r * 54 + g * 183 + b * 19) >> 8  # as bright as each looks
            for r, g, b in zip(pixels[0::3], pixels[1::3], pixels[2::3])
        )
        return cls([grey[y * width : (y + 1) * width] for y in range(height)])

    def write(self, path):
        """A PGM picture."""
        header = f"P5 {self.width} {self.height} 255\n".encode()
        path.write_bytes(header + b"".join(self.rows))

    def reduced(self, factor):
        """Every factor-th pixel each way."""
        return Picture([row[::factor] for row in self.rows[::factor]])

    def commonest(self, count):
        """The most frequent brightnesses: what things are drawn upon."""
        tally = collections.Counter()
        for row in self.rows:
            tally.update(row)
        return [level for level, _ in tally.most_common(count)]

    def shapes_upon(self, ground):
        """Boxes of the connected shapes that stand out from this brightness."""
        parent, boxes, above = [], [], []

        def root(label):
            while parent[label] != label:
                parent[label] = parent[parent[label]]
                label = parent[label]
            return label

        stands_out = self._standing_out(ground)
        for y, row in enumerate(self.rows):
            marks = row.translate(stands_out)
            here, end = [], 0
            while (begin := marks.find(1, end)) >= 0:
                end = marks.find(0, begin)
                end = self.width if end < 0 else end
                label = len(parent)
                parent.append(label)
                boxes.append(Box(begin, y, end, y + 1))
                for other_begin, other_end, other in above:
                    if other_begin <= end and begin <= other_end:
                        mine, theirs = root(label), root(other)
                        if mine != theirs:
                            parent[mine] = theirs
                            boxes[theirs] = boxes[theirs].joined(boxes[mine])
                here.append((begin, end, label))
            above = here
        return [boxes[label] for label in range(len(parent)) if parent[label] == label]

    def cut(self, box, ground, height, margin):
        """What stands out in the box, black on white, scaled to this height, in a white margin."""
        ink = bytes(0 if stands_out else 255 for stands_out in self._standing_out(ground))
        scale = box.height / height
        columns = [box.left + int(x * scale) for x in range(int(box.width / scale))]
        side = bytes([255]) * margin
        blank = bytes([255]) * (len(columns) + 2 * margin)
        rows = []
        for y in range(height):
            source = self.rows[box.top + int(y * scale)].translate(ink)
            rows.append(side + bytes(source[x] for x in columns) + side)
        return Picture([blank] * margin + rows + [blank] * margin)

    @staticmethod
    def _standing_out(ground, contrast=60):
        return bytes(abs(level - ground) >= contrast for level in range(256))
