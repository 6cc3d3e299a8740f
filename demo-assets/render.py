#!/usr/bin/env python3
"""Procedural street, park and plaza scenes with people, vehicles and ground-truth boxes.

Everything is drawn from a seed by numpy and Pillow; there is no recorded footage and no
third-party artwork.  A scene is seen by a raised camera: `Camera.ppm` gives the pixels per
metre at the image row where a figure touches the ground, and that row also orders depth.

Ground truth (what a detector is asked for):
  * a box is the *visible* box in frame pixels (x1, y1, x2, y2; x2 and y2 exclusive):
    the extent of the silhouette that is inside the frame and not covered by nearer things;
  * an object is flagged "ignore" when less than 60 % of its silhouette is visible, or when
    its visible box is narrower than 6 px or lower than 14 px;
  * an object with less than 3 % of its silhouette visible is not listed at all;
  * shadows do not belong to the box.  Trees, posts, bins and the like are never listed.

Run as a script to write sample frames:  render.py SEED OUT_DIR [COUNT]
"""
from __future__ import annotations

import colorsys
import math
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT, FPS = 640, 360, 15
CLASSES = ("person", "vehicle")
PERSON, VEHICLE = 0, 1
KINDS = ("street", "park", "plaza")
MIN_VISIBLE, MIN_LISTED, MIN_BOX = 0.6, 0.03, (6, 14)

_SS = 4  # supersampling of figures
_BG = 2  # supersampling of backgrounds

Color = tuple[int, int, int]
Point = tuple[float, float]
Rng = np.random.Generator


# ---------------------------------------------------------------------- small helpers

def shade(color: Sequence[float], factor: float) -> Color:
    """Scales a colour's brightness."""
    return tuple(int(min(255, max(0, c * factor))) for c in color)  # type: ignore[return-value]


def hsv(h: float, s: float, v: float) -> Color:
    """A colour from hue, saturation and value in 0..1."""
    return tuple(int(255 * c) for c in colorsys.hsv_to_rgb(h % 1.0, s, v))  # type: ignore[return-value]


def pick(rng: Rng, items: Sequence):
    """One item of a sequence, uniformly."""
    return items[int(rng.integers(len(items)))]


def smooth(points: Sequence[Point], rounds: int = 2) -> list[Point]:
    """Rounds a closed polygon by cutting its corners."""
    p = np.asarray(points, dtype=float)
    for _ in range(rounds):
        n = np.roll(p, -1, axis=0)
        p = np.stack([0.8 * p + 0.2 * n, 0.2 * p + 0.8 * n], axis=1).reshape(-1, 2)
    return [tuple(q) for q in p]


def fractal(rng: Rng, height: int, width: int, cell: int, octaves: int = 4) -> np.ndarray:
    """Fractal value noise of zero mean and unit deviation."""
    total = np.zeros((height, width), np.float32)
    for o in range(octaves):
        size = max(1, cell >> o)
        grid = rng.standard_normal((height // size + 2, width // size + 2)).astype(np.float32)
        layer = Image.fromarray(grid).resize((width, height), Image.BICUBIC)
        total += np.asarray(layer) * 0.6 ** o
    return (total - total.mean()) / (total.std() + 1e-6)


@dataclass
class Camera:
    """Pixels per metre grow linearly from the horizon row to the bottom row."""
    horizon: float
    bottom_ppm: float

    def ppm(self, y: float | np.ndarray):
        return self.bottom_ppm * (y - self.horizon) / (HEIGHT - self.horizon)

    def row(self, ppm: float) -> float:
        return self.horizon + ppm * (HEIGHT - self.horizon) / self.bottom_ppm


@dataclass
class Sprite:
    """Premultiplied colour and coverage, placed at an integer frame position."""
    rgb: np.ndarray
    alpha: np.ndarray
    x: int
    y: int
    extent: tuple[float, float, float, float]  # subpixel box of the silhouette

    def window(self) -> tuple[slice, slice, slice, slice] | None:
        """Row and column slices of the frame and of the sprite where both overlap."""
        h, w = self.alpha.shape
        x0, y0, x1, y1 = max(self.x, 0), max(self.y, 0), min(self.x + w, WIDTH), min(self.y + h, HEIGHT)
        if x0 >= x1 or y0 >= y1:
            return None
        return (slice(y0, y1), slice(x0, x1),
                slice(y0 - self.y, y1 - self.y), slice(x0 - self.x, x1 - self.x))


class Pen:
    """Draws one figure in metres (x to the right, y up, origin on the ground) with anti-aliasing."""

    def __init__(self, half_width: float, height: float, ppm: float, flip: bool = False):
        self.k = ppm * _SS
        self.ppm = ppm
        self.sign = -1.0 if flip else 1.0
        self.half = int(math.ceil(half_width * ppm)) + 3
        self.up = int(math.ceil(height * ppm)) + 3
        self.size = (2 * self.half * _SS, (self.up + 4) * _SS)
        self.image = Image.new("RGBA", self.size, (0, 0, 0, 0))
        self.draw = ImageDraw.Draw(self.image)
        self.dx = self.dy = 0.0

    def at(self, x: float, y: float) -> "Pen":
        """Sets the frame position of the origin."""
        self.px, self.py = math.floor(x), math.floor(y)
        self.dx, self.dy = (x - self.px) * _SS, (y - self.py) * _SS
        return self

    def map(self, p: Point) -> Point:
        return (self.half * _SS + self.dx + self.sign * p[0] * self.k, self.up * _SS + self.dy - p[1] * self.k)

    def polygon(self, points: Sequence[Point], fill: Color, rounds: int = 0) -> None:
        self.draw.polygon([self.map(p) for p in (smooth(points, rounds) if rounds else points)], fill=fill)

    def ellipse(self, center: Point, rx: float, ry: float, fill: Color) -> None:
        x, y = self.map(center)
        self.draw.ellipse([x - rx * self.k, y - ry * self.k, x + rx * self.k, y + ry * self.k], fill=fill)

    def capsule(self, a: Point, b: Point, width: float, fill: Color) -> None:
        """A line with round ends."""
        self.draw.line([self.map(a), self.map(b)], fill=fill, width=max(2, round(width * self.k)))
        self.ellipse(a, width / 2, width / 2, fill)
        self.ellipse(b, width / 2, width / 2, fill)

    def sprite(self, light: float, top: float = 1.08, bottom: float = 0.82) -> Sprite:
        """Finishes the drawing with soft shading from above and from one side."""
        box = self.image.getchannel("A").getbbox() or (0, 0, 1, 1)
        small = np.asarray(self.image.reduce(_SS), np.float32)
        alpha = small[..., 3] / 255.0
        h, w = alpha.shape
        down = np.linspace(top, bottom, h, dtype=np.float32)[:, None]
        side = 1.0 + 0.10 * light * np.linspace(-1, 1, w, dtype=np.float32)[None, :]
        rgb = np.minimum(small[..., :3] * (down * side)[..., None], 255.0) * alpha[..., None]
        x, y = self.px - self.half, self.py - self.up
        extent = (x + box[0] / _SS, y + box[1] / _SS, x + box[2] / _SS, y + box[3] / _SS)
        return Sprite(rgb, alpha, x, y, extent)


# ---------------------------------------------------------------------- people

_SKIN = [(244, 208, 177), (231, 180, 143), (198, 134, 94), (150, 97, 64), (104, 67, 46), (255, 219, 190)]
_HAIR = [(35, 26, 22), (72, 47, 30), (120, 80, 45), (190, 150, 90), (150, 150, 150), (90, 40, 25)]


@dataclass
class Person:
    """Looks of one walking figure; lengths are metres or fractions of the height."""
    height: float
    girth: float
    skin: Color
    hair: Color
    top: Color
    legs: Color
    shoes: Color
    pack: Color | None
    bag: Color | None
    hat: Color | None
    coat: float
    long_hair: bool
    bare_arms: bool
    swing: float

    @staticmethod
    def random(rng: Rng) -> "Person":
        vivid = rng.random() < 0.65
        top = hsv(rng.random(), rng.uniform(0.45, 0.85), rng.uniform(0.5, 0.95)) if vivid \
            else hsv(rng.random(), rng.uniform(0, 0.2), rng.uniform(0.12, 0.95))
        legs = pick(rng, [hsv(rng.uniform(0.56, 0.66), rng.uniform(0.3, 0.7), rng.uniform(0.2, 0.6)),
                          hsv(rng.random(), 0.12, rng.uniform(0.12, 0.4)),
                          hsv(rng.uniform(0.06, 0.12), 0.35, rng.uniform(0.4, 0.75)),
                          hsv(rng.random(), 0.5, rng.uniform(0.3, 0.8))])
        accent = hsv(rng.random(), rng.uniform(0.3, 0.8), rng.uniform(0.25, 0.9))
        return Person(
            height=rng.uniform(1.55, 1.92) if rng.random() < 0.88 else rng.uniform(1.3, 1.5),
            girth=rng.uniform(0.88, 1.25), skin=pick(rng, _SKIN), hair=pick(rng, _HAIR), top=top, legs=legs,
            shoes=pick(rng, [(30, 28, 30), (235, 235, 235), (110, 70, 45), accent]),
            pack=accent if rng.random() < 0.25 else None, bag=accent if rng.random() < 0.2 else None,
            hat=accent if rng.random() < 0.18 else None,
            coat=float(pick(rng, [0.0, 0.0, 0.04, 0.12, 0.2])), long_hair=rng.random() < 0.35,
            bare_arms=rng.random() < 0.3, swing=rng.uniform(0.42, 0.6))

    def draw(self, x: float, y: float, ppm: float, phase: float, left: bool, light: float, moving: float) -> Sprite:
        """Draws the figure with its feet at (x, y); `moving` scales the gait (0 stands still)."""
        h, g = self.height, self.girth
        pen = Pen(0.62 * h, 1.1 * h, ppm, flip=left).at(x, y)
        gaits = [_leg(phase + turn, self.swing * moving, h) for turn in (math.pi, 0.0)]
        hip_y = max(-ankle[1] for _, ankle, _ in gaits) + 0.035 * h
        hip, lean = (0.0, hip_y), 0.03 * moving
        shoulder = (lean * h, hip_y + 0.315 * h)

        self._arm(pen, shoulder, phase, moving, h, 0.72)
        for leg, dark in zip(gaits, (0.72, 1.0)):
            self._leg(pen, hip, leg, h, g, dark)
        if self.pack:
            sx, sy = shoulder
            pen.polygon([(sx - .04 * h, sy + .01 * h), (sx - .15 * h, sy - .02 * h), (sx - .16 * h, sy - .2 * h),
                         (sx - .04 * h, sy - .22 * h)], self.pack, 2)
        self._torso(pen, hip, shoulder, h, g)
        self._head(pen, shoulder, h)
        hand = self._arm(pen, shoulder, phase + math.pi, moving, h, 1.0)
        if self.bag:
            bx, by = hand
            pen.polygon([(bx - .06 * h, by), (bx + .06 * h, by), (bx + .07 * h, by - .13 * h),
                         (bx - .07 * h, by - .13 * h)], self.bag, 1)
        return pen.sprite(light, 1.06, 0.9)

    def _leg(self, pen: Pen, hip: Point, leg: tuple[Point, Point, Point], h: float, g: float, dark: float) -> None:
        knee, ankle, toe = [(hip[0] + p[0], hip[1] + p[1]) for p in leg]
        cloth = shade(self.legs, dark)
        pen.capsule(ankle, toe, 0.045 * h, shade(self.shoes, dark))
        pen.capsule(hip, knee, 0.098 * h * g, cloth)
        pen.capsule(knee, ankle, 0.068 * h * g, cloth)

    def _torso(self, pen: Pen, hip: Point, shoulder: Point, h: float, g: float) -> None:
        (hx, hy), (sx, sy) = hip, shoulder
        wide, low = 0.098 * h * g, hy - (0.03 + self.coat) * h
        flare = wide * (0.9 + 1.2 * self.coat)
        pen.polygon([(sx - wide * .8, sy + .025 * h), (sx + wide * .8, sy + .025 * h), (sx + wide, sy - .05 * h),
                     (hx + flare, low), (hx - flare, low), (sx - wide, sy - .05 * h)], self.top, 2)

    def _head(self, pen: Pen, shoulder: Point, h: float) -> None:
        sx, sy = shoulder
        cx, cy, r = sx + 0.012 * h, sy + 0.108 * h, 0.066 * h
        if self.long_hair:
            pen.polygon([(cx - r * 1.15, cy + r * .6), (cx + r * .1, cy + r * .8), (cx - r * .1, cy - r * 1.7),
                         (cx - r * 1.3, cy - r * 1.6)], self.hair, 2)
        pen.capsule((sx, sy), (cx, cy), 0.055 * h, shade(self.skin, 0.88))
        pen.ellipse((cx - 0.14 * r, cy + 0.12 * r), r * 1.08, r * 1.12, self.hair)
        pen.ellipse((cx + 0.22 * r, cy - 0.14 * r), r * 0.82, r * 0.92, self.skin)
        if self.hat:
            pen.polygon([(cx - r * 1.15, cy + r * .25), (cx - r, cy + r * 1.25), (cx + r * .8, cy + r * 1.25),
                         (cx + r, cy + r * .5), (cx + r * 1.7, cy + r * .3)], self.hat, 1)

    def _arm(self, pen: Pen, shoulder: Point, phase: float, moving: float, h: float, dark: float) -> Point:
        swing = 0.55 * math.sin(phase) * moving
        bend = 0.25 + 0.2 * max(0.0, swing)
        sx, sy = shoulder[0], shoulder[1] - 0.02 * h
        elbow = (sx + 0.15 * h * math.sin(swing), sy - 0.15 * h * math.cos(swing))
        hand = (elbow[0] + 0.14 * h * math.sin(swing + bend), elbow[1] - 0.14 * h * math.cos(swing + bend))
        sleeve = shade(self.top, 0.86 * dark)
        pen.ellipse(hand, 0.026 * h, 0.03 * h, shade(self.skin, dark))
        pen.capsule(elbow, hand, 0.046 * h, shade(self.skin, 0.95 * dark) if self.bare_arms else sleeve)
        pen.capsule((sx, sy), elbow, 0.058 * h, sleeve)
        return hand


def _leg(phase: float, swing: float, h: float) -> tuple[Point, Point, Point]:
    """Knee, ankle and toe of a walking leg, relative to the hip."""
    thigh = swing * math.sin(phase)
    shin = thigh - (0.06 + 1.5 * swing * max(0.0, math.cos(phase)) ** 1.5)
    knee = (0.245 * h * math.sin(thigh), -0.245 * h * math.cos(thigh))
    ankle = (knee[0] + 0.235 * h * math.sin(shin), knee[1] - 0.235 * h * math.cos(shin))
    tip = 0.55 * shin
    return knee, ankle, (ankle[0] + 0.085 * h * math.cos(tip), ankle[1] + 0.085 * h * math.sin(tip) - 0.012 * h)


# ---------------------------------------------------------------------- vehicles

# Side profiles: u runs from the rear (0) to the front (1), v from the ground (0) to the roof (1).
_PROFILES: dict[str, dict] = {
    "sedan": dict(length=(4.2, 4.8), height=(1.42, 1.52), body=[
        (0, .22), (0, .6), (.14, .68), (.27, .98), (.55, 1), (.7, .67), (.96, .57), (1, .42), (1, .22)],
        windows=[[(.195, .68), (.29, .92), (.42, .93), (.42, .68)], [(.44, .68), (.44, .93), (.54, .93), (.655, .68)]]),
    "hatch": dict(length=(3.6, 4.1), height=(1.45, 1.6), body=[
        (0, .22), (0, .58), (.05, .72), (.12, .97), (.55, 1), (.73, .65), (.96, .55), (1, .42), (1, .22)],
        windows=[[(.1, .68), (.16, .92), (.36, .93), (.36, .66)], [(.385, .66), (.385, .93), (.54, .93), (.675, .66)]]),
    "suv": dict(length=(4.3, 4.8), height=(1.68, 1.82), body=[
        (0, .22), (0, .6), (.03, .74), (.08, .98), (.58, 1), (.73, .68), (.97, .62), (1, .45), (1, .22)],
        windows=[[(.075, .7), (.115, .92), (.25, .93), (.25, .68)], [(.27, .68), (.27, .93), (.43, .93), (.43, .68)],
                 [(.45, .68), (.45, .93), (.565, .93), (.68, .68)]]),
    "van": dict(length=(4.6, 5.2), height=(1.95, 2.3), body=[
        (0, .15), (0, .94), (.03, 1), (.7, 1), (.85, .62), (.98, .52), (1, .4), (1, .15)],
        windows=[[(.63, .6), (.63, .88), (.69, .89), (.8, .6)]]),
    "minibus": dict(length=(4.8, 5.4), height=(2.0, 2.3), body=[
        (0, .15), (0, .94), (.03, 1), (.8, 1), (.92, .6), (.99, .5), (1, .38), (1, .15)],
        windows=[[(.04, .6), (.05, .88), (.22, .88), (.22, .6)], [(.245, .6), (.245, .88), (.42, .88), (.42, .6)],
                 [(.445, .6), (.445, .88), (.62, .88), (.62, .6)], [(.645, .6), (.645, .88), (.79, .89), (.875, .6)]]),
    "pickup": dict(length=(4.7, 5.1), height=(1.62, 1.75), body=[
        (0, .24), (0, .56), (.385, .57), (.4, .97), (.6, 1), (.73, .64), (.97, .57), (1, .42), (1, .24)],
        windows=[[(.42, .64), (.43, .92), (.5, .93), (.5, .64)], [(.515, .64), (.515, .93), (.59, .93), (.685, .64)]]),
}
_PAINT = [(200, 40, 40), (235, 235, 238), (35, 38, 45), (130, 138, 148), (40, 80, 170), (225, 170, 40),
          (50, 120, 80), (190, 195, 200), (120, 25, 40), (230, 110, 40), (70, 150, 190), (160, 140, 110)]


@dataclass
class Vehicle:
    """Looks of one vehicle seen from the side."""
    kind: str
    length: float
    height: float
    paint: Color
    glass: Color
    wheel: float
    hub: Color
    stripe: Color | None
    rack: bool

    @staticmethod
    def random(rng: Rng) -> "Vehicle":
        kind = pick(rng, list(_PROFILES))
        p = _PROFILES[kind]
        paint = pick(rng, _PAINT) if rng.random() < 0.6 \
            else hsv(rng.random(), rng.uniform(0.1, 0.85), rng.uniform(0.25, 0.92))
        return Vehicle(kind, rng.uniform(*p["length"]), rng.uniform(*p["height"]), paint,
                       glass=shade((118, 150, 172), rng.uniform(0.35, 1.05)), wheel=rng.uniform(0.31, 0.37),
                       hub=shade((190, 192, 198), rng.uniform(0.5, 1.1)),
                       stripe=hsv(rng.random(), 0.7, 0.8) if kind == "van" and rng.random() < 0.5 else None,
                       rack=kind in ("suv", "van") and rng.random() < 0.3)

    def draw(self, x: float, y: float, ppm: float, phase: float, left: bool, light: float, moving: float) -> Sprite:
        """Draws the vehicle centred on x with its wheels on row y."""
        pen = Pen(0.54 * self.length, 1.12 * self.height, ppm, flip=left).at(x, y)
        profile = _PROFILES[self.kind]
        body = [self._point(p) for p in profile["body"]]
        front, rear = 0.80, 0.20
        low = self._point((0, profile["body"][0][1]))[1]

        if self.rack:
            pen.capsule(self._point((.2, 1.045)), self._point((.55, 1.045)), 0.06, (60, 60, 64))
        pen.polygon([self._point((.06, .2)), self._point((.94, .2)), (0.42 * self.length, low - .06),
                     (-0.42 * self.length, low - .06)], (24, 24, 27))
        pen.polygon(body, self.paint, 2)
        pen.polygon([self._point(p) for p in ((.005, .3), (.995, .3), (.985, .2), (.015, .2))], shade(self.paint, 0.72))
        pen.capsule(self._point((.04, .545)), self._point((.94, .5)), 0.025, shade(self.paint, 1.22))
        if self.stripe:
            pen.polygon([self._point(p) for p in ((0, .42), (.99, .38), (1, .3), (0, .32))], self.stripe)
        for window in profile["windows"]:
            self._window(pen, window)
        for u in (.43, .62):
            pen.draw.line([pen.map(self._point((u, .6))), pen.map(self._point((u, .26)))],
                          fill=shade(self.paint, 0.68), width=max(1, round(.02 * pen.k)))
        pen.ellipse(self._point((.968, .47)), 0.11, 0.07, (255, 244, 200))
        pen.polygon([self._point(p) for p in ((.004, .55), (.03, .55), (.03, .42), (.004, .42))], (190, 28, 30))
        for u in (rear, front):
            self._wheel(pen, ((u - 0.5) * self.length, self.wheel), phase)
        return pen.sprite(light, 1.14, 0.8)

    def _point(self, p: Point) -> Point:
        return ((p[0] - 0.5) * self.length, p[1] * self.height)

    def _window(self, pen: Pen, corners: Sequence[Point]) -> None:
        pts = [self._point(p) for p in corners]
        pen.polygon(pts, self.glass, 1)
        a, b, c, d = [np.asarray(p) for p in pts]  # rear low, rear top, front top, front low
        sheen = [a + (b - a) * .95, b + (c - b) * .45, a + (d - a) * .22, a + (b - a) * .3]
        pen.polygon([tuple(q) for q in sheen], shade(self.glass, 1.28))

    def _wheel(self, pen: Pen, center: Point, phase: float) -> None:
        r = self.wheel
        pen.ellipse((center[0], center[1] + 0.04), r * 1.2, r * 1.2, shade(self.paint, 0.45))
        pen.ellipse(center, r, r, (26, 26, 29))
        pen.ellipse(center, r * .62, r * .62, self.hub)
        for k in range(5):
            a = phase + k * 2 * math.pi / 5
            pen.capsule(center, (center[0] + r * .5 * math.cos(a), center[1] + r * .5 * math.sin(a)),
                        r * .13, shade(self.hub, 0.6))
        pen.ellipse(center, r * .16, r * .16, shade(self.hub, 0.8))


# ---------------------------------------------------------------------- things that are not objects

def draw_tree(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A tree with a shaded crown."""
    tall, hue = rng.uniform(3.0, 5.5), rng.uniform(0.22, 0.36)
    pen = Pen(2.4, tall + 1.6, ppm).at(x, y)
    w, bark = rng.uniform(0.12, 0.2), shade((104, 78, 56), rng.uniform(0.7, 1.15))
    pen.polygon([(-w * 1.4, 0), (w * 1.4, 0), (w * .7, tall * .7), (-w * .7, tall * .7)], bark)
    blobs = []
    for _ in range(34):
        angle, reach = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        blobs.append((1.35 * reach * math.cos(angle), .85 * reach * math.sin(angle) - .25, rng.uniform(.35, .7)))
    for bx, by, r in sorted(blobs, key=lambda b: b[1]):
        bright = 0.38 + 0.15 * by + 0.04 * light * bx + rng.uniform(-.03, .03)
        pen.ellipse((bx, tall + by), r, r * .85, hsv(hue + rng.uniform(-.015, .015), .55, max(.18, bright)))
    return pen.sprite(light, 1.1, 0.95)


def draw_bush(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A low round shrub."""
    wide, hue = rng.uniform(.5, 1.2), rng.uniform(.2, .36)
    pen = Pen(wide + .6, 1.6, ppm).at(x, y)
    for k in range(16):
        by = .2 + .75 * k / 16
        pen.ellipse((rng.uniform(-wide, wide) * (1.1 - by * .6), by), .32, .26, hsv(hue, .55, .26 + .26 * by))
    return pen.sprite(light)


def draw_lamp(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A street lamp."""
    tall, gray = rng.uniform(3.6, 5.0), shade((72, 80, 86), rng.uniform(.6, 1.5))
    pen = Pen(1.3, tall + .5, ppm).at(x, y)
    pen.capsule((0, .05), (0, tall), .12, gray)
    pen.polygon([(-.16, 0), (.16, 0), (.1, .6), (-.1, .6)], shade(gray, .8))
    pen.capsule((0, tall), (.8, tall + .15), .09, gray)
    pen.capsule((.7, tall + .1), (1.05, tall + .1), .16, (240, 232, 200))
    return pen.sprite(light)


def draw_sign(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A round or square traffic sign on a post."""
    tall = rng.uniform(2.0, 2.6)
    pen = Pen(.6, tall + .5, ppm).at(x, y)
    pen.capsule((0, 0), (0, tall), .07, (140, 142, 146))
    color = pick(rng, [(200, 40, 40), (40, 90, 180), (230, 190, 40), (50, 130, 80)])
    if rng.random() < .5:
        pen.ellipse((0, tall), .34, .34, color)
        pen.ellipse((0, tall), .23, .23, (240, 240, 236))
    else:
        pen.polygon([(-.32, tall - .32), (.32, tall - .32), (.32, tall + .32), (-.32, tall + .32)], color, 1)
        pen.polygon([(-.2, tall - .05), (.2, tall - .05), (.2, tall + .05), (-.2, tall + .05)], (240, 240, 236))
    return pen.sprite(light)


def draw_bin(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A litter bin, a bollard or a post box: upright, about as wide as a person."""
    tall, wide = rng.uniform(.8, 1.4), rng.uniform(.12, .34)
    color = hsv(rng.random(), rng.uniform(.1, .7), rng.uniform(.25, .7))
    pen = Pen(.7, tall + .3, ppm).at(x, y)
    pen.polygon([(-wide, 0), (wide, 0), (wide * 1.1, tall), (-wide * 1.1, tall)], color, 1)
    pen.polygon([(-wide * 1.2, tall * .92), (wide * 1.2, tall * .92), (wide * .9, tall * 1.06), (-wide * .9, tall * 1.06)],
                shade(color, .65))
    pen.polygon([(-wide * .6, tall * .7), (wide * .6, tall * .7), (wide * .6, tall * .76), (-wide * .6, tall * .76)],
                shade(color, .4))
    return pen.sprite(light)


def draw_bench(rng: Rng, x: float, y: float, ppm: float, light: float) -> Sprite:
    """A park bench."""
    wood, pen = shade((150, 108, 66), rng.uniform(.7, 1.2)), Pen(1.2, 1.2, ppm).at(x, y)
    for u in (-.75, .75):
        pen.capsule((u, .02), (u, .8), .08, (60, 62, 66))
    for v in (.42, .48, .66, .8):
        pen.capsule((-.9, v), (.9, v), .07, shade(wood, .8 + .3 * v))
    return pen.sprite(light)


# ---------------------------------------------------------------------- backgrounds

class Backdrop:
    """A background painted at twice the frame size; ground textures are laid out in metres."""

    def __init__(self, rng: Rng, camera: Camera):
        self.rng, self.camera = rng, camera
        self.pixels = np.zeros((HEIGHT * _BG, WIDTH * _BG, 3), np.float32)
        self.noise = fractal(rng, 512, 512, 64, 6)
        self.speck = rng.standard_normal((512, 512)).astype(np.float32)

    def sky(self, to_row: float) -> None:
        rng, rows = self.rng, int(to_row * _BG)
        hue, t = rng.uniform(.54, .62), np.linspace(0, 1, rows, dtype=np.float32)[:, None, None]
        high = np.float32(hsv(hue, rng.uniform(.15, .5), rng.uniform(.65, .9)))
        low = np.float32(hsv(rng.uniform(.05, .6), rng.uniform(.02, .15), rng.uniform(.82, .97)))
        cloud = fractal(rng, rows, WIDTH * _BG, 160, 5)
        cover = np.clip((cloud - rng.uniform(-.2, 1.6)) * .45, 0, .75)[..., None] * (1 - .5 * t)
        self.pixels[:rows] = (high * (1 - t) + low * t) * (1 - cover) + np.float32([246, 246, 248]) * cover

    def skyline(self, base: float, rows: tuple[float, float], color: Sequence[float], cell: int, rough: float) -> None:
        """A far, hazy ridge or tree line."""
        bumps = fractal(self.rng, 1, WIDTH * _BG, cell, 5)[0]
        top = (base - np.clip(np.mean(rows) + bumps * (rows[1] - rows[0]) * .3, *rows)) * _BG
        yy = np.arange(int(base * _BG), dtype=np.float32)[:, None]
        mask = np.clip(yy - top[None, :] + .5, 0, 1)[..., None]
        texture = 1 + rough * fractal(self.rng, len(yy), WIDTH * _BG, 16, 3)[..., None]
        part = self.pixels[:len(yy)]
        part[:] = part * (1 - mask) + np.float32(color) * texture * mask

    def ground(self, y0: float, y1: float, color: Sequence[float], rough: float, speck: float,
               marks: Callable[[np.ndarray, np.ndarray], list[tuple[np.ndarray, Sequence[float], float]]] | None = None,
               wobble: float = 0.0) -> None:
        """Fills rows y0..y1; `marks(X, Z)` returns masks to paint with a colour and an opacity."""
        top = max(0, int((y0 - wobble * 2) * _BG))
        rows = np.arange(top, min(HEIGHT, math.ceil(y1 + wobble * 2)) * _BG, dtype=np.float32)
        ppm = self.camera.ppm((rows + .5) / _BG)[:, None]
        x = ((np.arange(WIDTH * _BG, dtype=np.float32) + .5) / _BG - WIDTH / 2)[None, :] / ppm
        z = np.broadcast_to(620.0 / ppm, x.shape)
        value = 1 + rough * self._lookup(self.noise, x * 14, z * 14) + speck * self._lookup(self.speck, x * 38, z * 16)
        patch = value[..., None] * np.float32(color)
        for mask, paint, opacity in (marks(x, z) if marks else []):
            worn = (opacity * np.clip(1 - .18 * self._lookup(self.noise, x * 40 + 90, z * 40), .3, 1.1))
            m = (mask * np.minimum(worn, 1))[..., None]
            patch = patch * (1 - m) + np.float32(paint) * value[..., None] * m
        target = self.pixels[top:top + len(rows)]
        if wobble:
            edges = [fractal(self.rng, 1, WIDTH * _BG, 220, 4)[0] * wobble + y for y in (y0, y1)]
            yy = (rows[:, None] + .5) / _BG
            keep = (np.clip((yy - edges[0]) * _BG, 0, 1) * np.clip((edges[1] - yy) * _BG, 0, 1))[..., None]
            target[:] = target * (1 - keep) + patch * keep
        else:
            target[:] = patch

    @staticmethod
    def _lookup(table: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Samples a table, mirrored at its edges so that no seam shows."""
        n = table.shape[0]
        cols, rows = (np.floor(a).astype(np.int32) % (2 * n) for a in (u, v))
        return table[np.minimum(rows, 2 * n - 1 - rows), np.minimum(cols, 2 * n - 1 - cols)]

    def facades(self, base: float, top: float) -> None:
        """A row of houses standing on row `base`, with bricks or plaster, windows and doors."""
        rng, k = self.rng, self.camera.ppm(base) * _BG
        x = -rng.uniform(0, 6) * k
        while x < WIDTH * _BG:
            width = rng.uniform(6, 15) * k
            y_top = int(max(0, (top + rng.uniform(-18, 22))) * _BG) if top > 0 else 0
            self._house(int(x), int(min(x + width, WIDTH * _BG)), y_top, int(base * _BG), k)
            x += width

    def _house(self, x0: int, x1: int, y0: int, y1: int, k: float) -> None:
        rng, x0c = self.rng, max(x0, 0)
        if x1 - x0c < 4 or y1 - y0 < 4:
            return
        color = np.float32(hsv(pick(rng, [.02, .04, .08, .1, .13, .55, .6, .3]), rng.uniform(.08, .42), rng.uniform(.42, .85)))
        yy, xx = np.mgrid[y0:y1, x0c:x1].astype(np.float32)
        wall = (1 + .05 * fractal(rng, y1 - y0, x1 - x0c, 48, 5))[..., None] * color
        if rng.random() < .6:
            course = rng.uniform(.24, .36) * k
            row = np.floor((y1 - yy) / course)
            col = (xx + (row % 2) * course) / (course * 2)
            tone = self._lookup(self.speck, np.floor(col) * 7 + 300, row * 13 + 50)
            joint = (((y1 - yy) / course % 1) < .16) | ((col % 1) < .08)
            wall = wall * (1 + .09 * tone[..., None]) * np.where(joint, rng.uniform(.78, 1.15), 1)[..., None]
        self.pixels[y0:y1, x0c:x1] = wall
        image = Image.fromarray(np.clip(self.pixels[y0:y1, x0c:x1], 0, 255).astype(np.uint8))
        self._openings(ImageDraw.Draw(image), x0 - x0c, x1 - x0, y1 - y0, k, tuple(color))
        self.pixels[y0:y1, x0c:x1] = np.asarray(image, np.float32)

    def _openings(self, d: ImageDraw.ImageDraw, dx: int, w: int, h: int, k: float, color: Sequence[float]) -> None:
        rng = self.rng
        step, ww, hh = rng.uniform(2.2, 3.2) * k, rng.uniform(.9, 1.5) * k, rng.uniform(1.2, 1.7) * k
        frame, glass = shade(color, pick(rng, [.5, 1.5])), shade((108, 130, 150), rng.uniform(.5, 1.2))
        columns = max(1, int((w - .6 * k) // step))
        margin = (w - columns * step) / 2
        door, shop = int(rng.integers(columns)), rng.random() < .4
        floor, level = 0, h
        while level - 2.9 * k > -.5 * k:
            for c in range(columns):
                cx = dx + margin + (c + .5) * step
                if floor == 0 and c == door:
                    self._rect(d, cx - .55 * k, h - 2.2 * k, cx + .55 * k, h, shade(hsv(rng.random(), .5, .4), 1))
                    d.ellipse([cx + .35 * k, h - 1.1 * k, cx + .45 * k, h - k], fill=(220, 200, 120))
                    continue
                wide = step * .44 if floor == 0 and shop else ww / 2
                y = level - (.9 if not (floor == 0 and shop) else .5) * k
                self._rect(d, cx - wide - .1 * k, y - hh - .1 * k, cx + wide + .1 * k, y + .1 * k, frame)
                self._rect(d, cx - wide, y - hh, cx + wide, y, shade(glass, rng.uniform(.75, 1.2)))
                d.polygon([(cx - wide * .6, y), (cx + wide * .1, y - hh), (cx + wide * .5, y - hh), (cx - wide * .2, y)],
                          fill=shade(glass, 1.25))
                d.line([(cx, y - hh), (cx, y)], fill=frame, width=max(1, int(.07 * k)))
            if floor == 0 and shop:
                self._awning(d, dx, w, h - 2.35 * k, k)
            floor, level = floor + 1, level - 2.9 * k
        self._rect(d, dx, 0, dx + w, .25 * k, shade(color, .6))

    def _awning(self, d: ImageDraw.ImageDraw, dx: int, w: int, y: float, k: float) -> None:
        color, n = hsv(self.rng.random(), .55, .7), max(4, int(w / (.5 * k)))
        for i in range(n):
            a, b = dx + w * i / n, dx + w * (i + 1) / n
            d.polygon([(a, y), (b, y), (b, y + .55 * k), ((a + b) / 2, y + .65 * k), (a, y + .55 * k)],
                      fill=color if i % 2 else (240, 238, 230))

    @staticmethod
    def _rect(d: ImageDraw.ImageDraw, x0: float, y0: float, x1: float, y1: float, fill: Color) -> None:
        d.rectangle([x0, y0, x1, y1], fill=fill)

    def wall(self, y0: float, y1: float) -> None:
        """A low wall, fence or hedge."""
        rng, k = self.rng, self.camera.ppm(y1) * _BG
        a, b = int(y0 * _BG), int(y1 * _BG)
        yy, xx = np.mgrid[a:b, 0:WIDTH * _BG].astype(np.float32)
        style = pick(rng, ["hedge", "planks", "blocks"])
        if style == "hedge":
            value = np.float32(hsv(rng.uniform(.22, .34), .5, .36)) * \
                (1 + .25 * fractal(rng, b - a, WIDTH * _BG, 10, 3))[..., None]
        elif style == "planks":
            tone = 1 + .07 * self._lookup(self.speck, np.floor(xx / (.25 * k)) * 5, yy * 0)
            gap = np.where((xx / (.25 * k)) % 1 < .1, .6, 1)
            value = np.float32(hsv(rng.uniform(.06, .1), .35, .6)) * (tone * gap)[..., None]
        else:
            joint = np.where(((b - yy) / (.4 * k) % 1 < .1) | (xx / (.9 * k) % 1 < .05), .8, 1)
            value = np.float32(hsv(rng.random(), .06, .66)) * \
                (joint * (1 + .06 * fractal(rng, b - a, WIDTH * _BG, 30, 5)))[..., None]
        value[:max(2, int(.12 * k))] *= 1.15
        self.pixels[a:b] = value

    def finish(self) -> np.ndarray:
        """The background at frame size."""
        p = np.clip(self.pixels, 0, 255)
        return p.reshape(HEIGHT, _BG, WIDTH, _BG, 3).mean(axis=(1, 3))


def _grass(rng: Rng) -> Color:
    return hsv(rng.uniform(.19, .31), rng.uniform(.35, .6), rng.uniform(.38, .62))


def _gray(rng: Rng, low: float, high: float) -> Color:
    return hsv(rng.uniform(.05, .65), rng.uniform(.01, .1), rng.uniform(low, high))


def _tiles(rng: Rng, color: Sequence[float]):
    """Paving joints as a marks function."""
    a, b, dark = rng.uniform(.7, 1.6), rng.uniform(.8, 2.2), shade(color, rng.uniform(.72, .86))
    def marks(x: np.ndarray, z: np.ndarray):
        joint = (((x / a) % 1) < .05) | (((z / b) % 1) < .05)
        check = ((np.floor(x / a) + np.floor(z / b)) % 2) < 1
        return [(check, shade(color, 1.05), .5), (joint, dark, .8)]
    return marks


def _road(rng: Rng, near: float, far: float):
    """Lane lines, and sometimes a crossing, between depths `near` and `far`."""
    mid, cross = (near + far) / 2, rng.uniform(-9, 9) if rng.random() < .55 else None
    dash, white = rng.uniform(2, 3.5), (226, 224, 214)
    def marks(x: np.ndarray, z: np.ndarray):
        center = (np.abs(z - mid) < .16) & ((x / dash) % 1 < .55)
        edge = (np.abs(z - near - .35) < .1) | (np.abs(z - far + .5) < .12)
        out = [(edge, white, .75)]
        if cross is None:
            return out + [(center, white, .9)]
        span = np.abs(x - cross)
        zebra = (span < 1.6) & ((z % 1.3) < .65) & (z > near + .4) & (z < far - .5)
        return out + [(center & (span > 2.4), white, .9), (zebra, white, .85)]
    return marks


# ---------------------------------------------------------------------- scenes

@dataclass
class Zone:
    """Rows on which figures of one class may stand; vehicles keep to single-row lanes."""
    y0: float
    y1: float
    class_id: int
    left: bool | None = None


@dataclass
class Figure:
    """A figure and its straight path: at time t its foot is at (x0 + vx t, y0 + vy t)."""
    class_id: int
    look: Person | Vehicle
    x0: float
    y0: float
    vx: float
    vy: float
    phase: float

    def place(self, camera: Camera, t: float) -> tuple[float, float, float]:
        """Foot position and height in pixels at time t."""
        y = self.y0 + self.vy * t
        return self.x0 + self.vx * t, y, self.look.height * camera.ppm(y)

    def draw(self, camera: Camera, t: float, light: float) -> tuple[float, Sprite] | None:
        x, y, _ = self.place(camera, t)
        ppm = camera.ppm(y)
        if abs(x - WIDTH / 2) > WIDTH / 2 + 3.2 * ppm or not camera.horizon + 8 < y < HEIGHT + 30:
            return None
        metres = abs(self.vx) * t / ppm
        turn = metres / (.42 * self.look.height) * math.pi if self.class_id == PERSON \
            else -metres / self.look.wheel
        moving = 1.0 if abs(self.vx) > 1 else 0.08
        return y, self.look.draw(x, y, ppm, self.phase + turn, self.vx < 0, light, moving)


@dataclass
class Scene:
    """Background, props, figures and the look of the camera picture."""
    seed: int
    camera: Camera
    background: np.ndarray
    zones: list[Zone]
    light: float = 1.0
    shadow: float = 0.35
    lean: float = 0.5
    gains: np.ndarray = field(default_factory=lambda: np.ones(3, np.float32))
    gamma: float = 1.0
    flicker: float = 0.0
    noise: float = 2.0
    blur: float = 0.45
    props: list[tuple[float, Sprite]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def render(self, t: float) -> tuple[np.ndarray, list[dict]]:
        """The frame at time t (seconds) as uint8 RGB, and its ground-truth objects."""
        drawn = [(y, s, None) for y, s in self.props]
        for f in self.figures:
            hit = f.draw(self.camera, t, self.light)
            if hit:
                drawn.append((*hit, f.class_id))
        drawn.sort(key=lambda item: item[0])
        image = self._with_shadows([s for _, s, _ in drawn])
        for _, sprite, _ in drawn:
            win = sprite.window()
            if win:
                ys, xs, sy, sx = win
                image[ys, xs] = image[ys, xs] * (1 - sprite.alpha[sy, sx, None]) + sprite.rgb[sy, sx]
        return self._develop(image, t), _truth([(s, c) for _, s, c in drawn])

    def _with_shadows(self, sprites: Sequence[Sprite]) -> np.ndarray:
        layer = np.zeros((HEIGHT, WIDTH), np.float32)
        for s in sprites:
            flat = _cast(s, self.lean)
            win = flat.window()
            if win:
                ys, xs, sy, sx = win
                layer[ys, xs] = np.maximum(layer[ys, xs], flat.alpha[sy, sx])
        return self.background * (1 - self.shadow * layer[..., None])

    def _develop(self, image: np.ndarray, t: float) -> np.ndarray:
        """Exposure, colour cast, lens blur and sensor noise."""
        rng = np.random.default_rng([self.seed, 77, int(round(t * 1000))])
        gain = self.gains * (1 + self.flicker * math.sin(1.7 * t + self.seed))
        image = 255 * np.clip(image * gain / 255, 0, 1) ** self.gamma
        pil = Image.fromarray(np.clip(image + .5, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(self.blur))
        grain = rng.standard_normal((HEIGHT, WIDTH, 1), np.float32) * self.noise \
            + rng.standard_normal((HEIGHT, WIDTH, 3), np.float32) * (self.noise * .5)
        return np.clip(np.asarray(pil, np.float32) + grain + .5, 0, 255).astype(np.uint8)


def _cast(s: Sprite, lean: float, squash: float = 0.28) -> Sprite:
    """The shadow of a sprite, laid on the ground behind it and leaning sideways."""
    foot = s.extent[3] - s.y  # ground row inside the sprite
    h, w = s.alpha.shape
    rows, shift = max(2, int(h * squash)), int(abs(lean) * h) + 1
    left = shift if lean < 0 else 0
    # Output pixel (u, v) shows the sprite at height (rows - v) / squash, moved by lean times that height.
    slope = lean / squash
    coefficients = (1, slope, -left - slope * rows, 0, 1 / squash, foot - rows / squash)
    source = Image.fromarray((s.alpha * 255).astype(np.uint8))
    flat = source.transform((w + shift, rows), Image.AFFINE, coefficients, Image.BILINEAR).filter(ImageFilter.BoxBlur(1))
    return Sprite(s.rgb, np.asarray(flat, np.float32) / 255, s.x - left, int(round(s.extent[3])) - rows + 1, s.extent)


def _truth(drawn: Sequence[tuple[Sprite, int | None]]) -> list[dict]:
    """Visible boxes, nearest first while walking, returned in drawing order."""
    cover, objects = np.zeros((HEIGHT, WIDTH), np.float32), []
    for sprite, class_id in reversed(drawn):
        win = sprite.window()
        if win is None:
            continue
        ys, xs, sy, sx = win
        seen = sprite.alpha[sy, sx] * (1 - cover[ys, xs])
        cover[ys, xs] = np.maximum(cover[ys, xs], sprite.alpha[sy, sx])
        share = float(seen.sum() / max(1e-6, sprite.alpha.sum()))
        if class_id is None or share < MIN_LISTED:
            continue
        mask = seen > .4
        cols, rows = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
        if len(cols) == 0:
            continue
        box = _visible_box(sprite, share, (xs.start + cols[0], ys.start + rows[0],
                                           xs.start + cols[-1] + 1, ys.start + rows[-1] + 1))
        small = box[2] - box[0] < MIN_BOX[0] or box[3] - box[1] < MIN_BOX[1]
        objects.append({"classId": class_id, "box": [round(float(v), 1) for v in box],
                        "ignore": bool(share < MIN_VISIBLE or small)})
    return objects[::-1]


def _visible_box(s: Sprite, share: float, pixels: tuple[int, int, int, int]) -> list[float]:
    """Subpixel extent where nothing hides it, whole pixels where something does."""
    full = [min(max(v, 0), limit) for v, limit in zip(s.extent, (WIDTH, HEIGHT, WIDTH, HEIGHT))]
    return [f if abs(f - p) <= 2 else float(p) for f, p in zip(full, pixels)]


def make_scene(seed: int, kind: str | None = None, people: int | None = None, vehicles: int | None = None,
               duration: float = 6.0, enter_after: float | None = None, calm: bool = False) -> Scene:
    """Builds a scene from a seed.

    `people` and `vehicles` are about how many are in view at once.  With `enter_after` the
    frame stays empty until then.  `calm` keeps noise, colour cast and crowding mild, for showing.
    """
    rng = np.random.default_rng(seed)
    kind = kind or pick(rng, KINDS)
    camera = Camera(rng.uniform(55, 115), rng.uniform(50, 61))
    backdrop = Backdrop(rng, camera)
    zones = {"street": _street, "park": _park, "plaza": _plaza}[kind](rng, camera, backdrop)
    k = .35 if calm else 1.0
    scene = Scene(seed, camera, backdrop.finish(), zones, light=float(pick(rng, [-1, 1])),
                  shadow=rng.uniform(.12, .5), lean=rng.uniform(-.9, .9),
                  gains=np.float32(rng.uniform(1 - .18 * k, 1 + .14 * k) * (1 + rng.uniform(-.07, .07, 3) * k)),
                  gamma=math.exp(rng.uniform(-.28, .38) * k), flicker=rng.uniform(0, .03),
                  noise=rng.uniform(.8, 2.0) if calm else rng.uniform(.5, 6), blur=rng.uniform(.3, .5 if calm else 1.0))
    people = int(rng.integers(0, 8)) if people is None else people
    vehicles = int(rng.integers(0, 4)) if vehicles is None else vehicles
    _populate(rng, scene, people, vehicles, duration, enter_after, tries=8 if calm else 1)
    _furnish(rng, scene, kind)
    return scene


def _street(rng: Rng, camera: Camera, b: Backdrop) -> list[Zone]:
    base, road, near = camera.row(rng.uniform(16, 20)), camera.row(rng.uniform(22, 25)), camera.row(rng.uniform(37, 43))
    b.sky(base)
    b.facades(base, pick(rng, [-1, rng.uniform(10, 60)]))
    slab = _gray(rng, .5, .75)
    b.ground(base, HEIGHT, slab, .04, .03, _tiles(rng, slab))
    tar = _gray(rng, .25, .45)
    b.ground(road, near, tar, .05, .07, _road(rng, 620 / camera.ppm(near), 620 / camera.ppm(road)))
    for y in (road - 1.5, near):
        b.ground(y, y + 2.5, shade(slab, 1.15 if y < road else 1.2), .03, .03)
    if rng.random() < .35:
        verge = camera.row(rng.uniform(47, 52))
        b.ground(verge, HEIGHT + 5, _grass(rng), .1, .12, wobble=.8)
    lanes = [road + (near - road) * f for f in (rng.uniform(.26, .34), rng.uniform(.72, .82))]
    lanes = [min(y, camera.row(36)) for y in lanes]
    left = bool(rng.random() < .5)
    return [Zone(base + 3, road - 3, PERSON), Zone(near + 6, HEIGHT - 4, PERSON),
            Zone(lanes[0], lanes[0], VEHICLE, left), Zone(lanes[1], lanes[1], VEHICLE, not left)]


def _park(rng: Rng, camera: Camera, b: Backdrop) -> list[Zone]:
    far = camera.row(rng.uniform(8.5, 10.5))
    b.sky(far)
    b.skyline(far, (22, 60), hsv(rng.uniform(.3, .6), .15, .68), 300, .02)
    b.skyline(far, (8, 34), hsv(rng.uniform(.24, .36), .4, .36), 90, .08)
    lawn = _grass(rng)
    b.ground(far, HEIGHT, lawn, .1, .13)
    road0, road1 = camera.row(11.2), camera.row(rng.uniform(15.5, 17.5))
    b.ground(road0, road1, _gray(rng, .35, .5), .04, .05, _road(rng, 620 / camera.ppm(road1), 620 / camera.ppm(road0)))
    p0 = camera.row(rng.uniform(22, 28))
    p1 = min(camera.row(camera.ppm(p0) * rng.uniform(1.2, 1.5)), HEIGHT - 30)
    b.ground(p0, p1, hsv(rng.uniform(.08, .12), rng.uniform(.1, .3), rng.uniform(.6, .8)), .07, .06, wobble=2.2)
    left = bool(rng.random() < .5)
    y0, y1 = camera.row(12.8), road1 - 3
    return [Zone(p0 - 4, p1 + 4, PERSON), Zone(road1 + 6, HEIGHT - 5, PERSON),
            Zone(y0, y0, VEHICLE, left), Zone(y1, y1, VEHICLE, not left)]


def _plaza(rng: Rng, camera: Camera, b: Backdrop) -> list[Zone]:
    base = camera.row(rng.uniform(12, 15))
    b.sky(base)
    if rng.random() < .6:
        b.facades(base, rng.uniform(5, 70))
    else:
        b.skyline(base, (15, 60), hsv(rng.uniform(.25, .6), .25, .5), 120, .06)
        b.wall(base - camera.ppm(base) * rng.uniform(1, 1.8), base)
    floor = hsv(rng.uniform(.04, .6), rng.uniform(.02, .25), rng.uniform(.42, .75))
    b.ground(base, HEIGHT, floor, .05, .04, _tiles(rng, floor))
    a = camera.row(rng.uniform(17, 21))
    z = camera.row(camera.ppm(a) * rng.uniform(1.35, 1.6))
    b.ground(a, z, _gray(rng, .28, .55), .05, .06, _road(rng, 620 / camera.ppm(z), 620 / camera.ppm(a)))
    lanes = [a + (z - a) * f for f in (.35, .85)]
    left = bool(rng.random() < .5)
    return [Zone(base + 8, a - 2, PERSON), Zone(z + 5, HEIGHT - 5, PERSON), Zone(z + 5, HEIGHT - 5, PERSON),
            Zone(lanes[0], lanes[0], VEHICLE, left), Zone(lanes[1], lanes[1], VEHICLE, not left)]


def _populate(rng: Rng, scene: Scene, people: int, vehicles: int, duration: float, enter_after: float | None,
              tries: int) -> None:
    """Adds figures so that about the wished number is in view over the duration.

    Each walker is the least crowded one of `tries` drawings, so that few walk as one clump.
    """
    for _ in range(people if enter_after is None else people + 2):
        drawn = [_walker(rng, scene, duration, enter_after) for _ in range(tries)]
        scene.figures.append(min(drawn, key=lambda f: _crowding(scene, f, duration)) if tries > 1 else drawn[0])
    lanes = [z for z in scene.zones if z.class_id == VEHICLE]
    for zone in lanes:
        _traffic(rng, scene, zone, vehicles / len(lanes), duration, enter_after)


def _walker(rng: Rng, scene: Scene, duration: float, enter_after: float | None) -> Figure:
    """One person somewhere on a pavement or lawn."""
    zone = pick(rng, [z for z in scene.zones if z.class_id == PERSON])
    low = max(zone.y0, scene.camera.row(15.5))
    y = rng.uniform(low, max(low + 1, zone.y1))
    ppm, left = scene.camera.ppm(y), rng.random() < .5
    speed = rng.uniform(1.0, 1.9) * ppm * (0.0 if enter_after is None and rng.random() < .08 else 1.0)
    vy = rng.uniform(-.06, .06) * speed if zone.y1 - zone.y0 > 30 else 0.0
    if enter_after is None:
        x0 = rng.uniform(10, WIDTH - 10) + (1 if left else -1) * speed * rng.uniform(0, duration)
    else:
        x0 = (WIDTH + ppm if left else -ppm) + (1 if left else -1) * speed * (enter_after + rng.uniform(0, 2.2))
    return Figure(PERSON, Person.random(rng), x0, y, -speed if left else speed, vy, rng.uniform(0, 2 * math.pi))


def _crowding(scene: Scene, walker: Figure, duration: float) -> float:
    """How much of the walker's way in view is shared with earlier ones, summed over time."""
    total = 0.0
    for t in np.arange(0, duration, .25):
        x, y, h = walker.place(scene.camera, t)
        if not 0 < x < WIDTH:
            continue
        for other in scene.figures:
            ox, oy, oh = other.place(scene.camera, t)
            dx = .22 * (h + oh) - abs(x - ox)
            dy = min(y, oy) - max(y - h, oy - oh)
            total += max(0.0, dx) * max(0.0, dy) / (.44 * min(h, oh) ** 2)
    return total


def _traffic(rng: Rng, scene: Scene, zone: Zone, wanted: float, duration: float, enter_after: float | None) -> None:
    """Vehicles of one lane share their speed, so they never run into each other."""
    ppm, side = scene.camera.ppm(zone.y0), -1 if zone.left else 1
    speed = rng.uniform(4.5, 9.0) * ppm
    length = (WIDTH + speed * duration)
    count = int(wanted * length / WIDTH + rng.random())
    gap = length / max(1, count)
    for i in range(count):
        lead = (i + rng.uniform(.1, .9 - min(.75, 6 * ppm / gap))) * gap  # distance behind the lane's far end
        start = WIDTH - lead if enter_after is None else -4 * ppm - speed * enter_after - (lead * .6)
        look = Vehicle.random(rng)
        x0 = start if side > 0 else WIDTH - start
        scene.figures.append(Figure(VEHICLE, look, x0, zone.y0, side * speed, 0.0, rng.uniform(0, 6)))


def _furnish(rng: Rng, scene: Scene, kind: str) -> None:
    """Places trees, lamps, signs and other things that must not be detected."""
    makers = {"street": [draw_lamp, draw_sign, draw_bin, draw_bush, draw_tree, draw_bench],
              "park": [draw_tree, draw_tree, draw_tree, draw_bush, draw_bush, draw_bench, draw_bin, draw_lamp],
              "plaza": [draw_lamp, draw_bin, draw_bin, draw_tree, draw_bush, draw_bench, draw_sign]}[kind]
    walks = [z for z in scene.zones if z.class_id == PERSON]
    for _ in range(int(rng.integers(2, 8))):
        zone = pick(rng, walks)
        y = rng.uniform(zone.y0, zone.y0 + (zone.y1 - zone.y0) * (.55 if zone.y1 > HEIGHT - 40 else 1))
        maker = pick(rng, makers)
        sprite = maker(rng, rng.uniform(0, WIDTH), y, scene.camera.ppm(y), scene.light)
        scene.props.append((y, sprite))


def main() -> None:
    seed, out = int(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for i in range(int(sys.argv[3]) if len(sys.argv) > 3 else 6):
        frame, objects = make_scene(seed + i).render(2.0)
        image = Image.fromarray(frame)
        draw = ImageDraw.Draw(image)
        for o in objects:
            draw.rectangle(o["box"], outline=(120, 120, 120) if o["ignore"] else ((255, 60, 60), (60, 120, 255))[o["classId"]])
        image.save(out / f"sample-{seed + i}.png")


if __name__ == "__main__":
    main()
