#!/usr/bin/env python3
"""Renders a clip of three shots, encodes it as H.264 and writes its ground truth.

    make_clip.py --out DIR [--name demo] [--seeds A B C] [--preview DIR]

The middle shot starts with two seconds in which nothing moves and no figure is in view.
"""
from __future__ import annotations

import argparse
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np
from PIL import Image

import render

SEEDS = (20, 15, 13)  # scenes of the shipped clip; training and validation seeds start at 100000


@dataclass(frozen=True)
class Shot:
    """One camera position of the clip."""
    kind: str
    seconds: float
    people: int
    vehicles: int
    enter_after: float | None = None


SHOTS = (Shot("street", 5.0, 6, 3), Shot("plaza", 5.0, 6, 4, enter_after=2.0), Shot("park", 4.0, 6, 2))


def shots(seeds: tuple[int, ...]) -> Iterator[tuple[np.ndarray, list[dict]]]:
    """Frames and objects of all shots in order."""
    for shot, seed in zip(SHOTS, seeds):
        scene = render.make_scene(seed, shot.kind, shot.people, shot.vehicles, shot.seconds, shot.enter_after, calm=True)
        for i in range(round(shot.seconds * render.FPS)):
            yield scene.render(i / render.FPS)


def encoder(path: Path) -> subprocess.Popen:
    """An ffmpeg process that takes raw RGB frames and writes a bt709 limited-range MP4."""
    return subprocess.Popen(
        ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{render.WIDTH}x{render.HEIGHT}",
         "-r", str(render.FPS), "-i", "-", "-an", "-map_metadata", "-1",
         "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
         "-c:v", "libx264", "-profile:v", "high", "-preset", "slow", "-crf", "24", "-threads", "1",
         "-x264-params", "keyint=30:bframes=2",
         "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
         "-flags", "+bitexact", "-fflags", "+bitexact", "-movflags", "+faststart", str(path)], stdin=subprocess.PIPE)


def write_truth(path: Path, frames: list[list[dict]]) -> None:
    """Compact JSON with one frame a line."""
    head = {"width": render.WIDTH, "height": render.HEIGHT, "fps": render.FPS, "classes": list(render.CLASSES)}
    lines = [json.dumps({"frame": i, "objects": o}, separators=(",", ":")) for i, o in enumerate(frames)]
    path.write_text(json.dumps(head, separators=(",", ":"))[:-1] + ',"frames":[\n' + ",\n".join(lines) + "\n]}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="demo")
    parser.add_argument("--seeds", type=int, nargs=len(SHOTS), default=SEEDS)
    parser.add_argument("--preview", type=Path, help="also write every 15th frame as PNG here")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    movie = args.out / f"{args.name}.mp4"
    process, truth = encoder(movie), []
    for i, (frame, objects) in enumerate(shots(tuple(args.seeds))):
        process.stdin.write(frame.tobytes())
        truth.append(objects)
        if args.preview and i % render.FPS == 0:
            args.preview.mkdir(parents=True, exist_ok=True)
            Image.fromarray(frame).save(args.preview / f"{args.name}-{i:03d}.png")
    process.stdin.close()
    if process.wait():
        raise SystemExit("ffmpeg failed")
    write_truth(args.out / f"{args.name}-truth.json", truth)
    print(f"{movie.name}: {len(truth)} frames, {movie.stat().st_size} bytes, "
          f"{sum(len(o) for o in truth)} objects ({sum(o['ignore'] for f in truth for o in f)} ignored)")


if __name__ == "__main__":
    main()
