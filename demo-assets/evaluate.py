#!/usr/bin/env python3
"""Precision and recall of the demo detector on a clip with ground truth.

    evaluate.py --clip demo.mp4 --truth demo-truth.json (--onnx demo.onnx | --work DIR)
                [--confidence 0.25 0.4] [--preview DIR]

The clip is decoded and scaled by ffmpeg (bilinear), the ONNX file is run by OpenCV's dnn
module, or the training checkpoint by PyTorch.  Class-aware NMS at IoU 0.45; detections are
matched in order of confidence to ground truth of their class at IoU 0.5.  Ground truth
flagged "ignore" counts neither as found nor as missed, nor do detections matched to it.
"""
from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path
from typing import Callable

import numpy as np
from PIL import Image, ImageDraw

NET_H, NET_W = 192, 320
NMS_IOU, MATCH_IOU = 0.45, 0.5
Runner = Callable[[np.ndarray], np.ndarray]


def decode(clip: Path, width: int, height: int) -> np.ndarray:
    """All frames as uint8 RGB [N, height, width, 3]."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", str(clip), "-vf", f"scale={width}:{height}:flags=bilinear",
                          "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)


def onnx_runner(path: Path) -> Runner:
    import cv2
    net = cv2.dnn.readNetFromONNX(str(path))

    def run(x: np.ndarray) -> np.ndarray:
        net.setInput(x)
        return net.forward()[0]
    return run


def torch_runner(work: Path) -> Runner:
    import torch
    import train
    torch.set_num_threads(2)
    model = train.load(work)

    def run(x: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return model(torch.from_numpy(x))[0].numpy()
    return run


def iou(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """IoU of one box with many; corners x1, y1, x2, y2."""
    wh = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    inter = np.clip(wh, 0, None).prod(1)
    area = (others[:, 2:] - others[:, :2]).prod(1)
    return inter / ((box[2:] - box[:2]).prod() + area - inter + 1e-9)


def detect(run: Runner, small: np.ndarray, scale: float, floor: float) -> np.ndarray:
    """Detections of one frame: rows of x1, y1, x2, y2, score, class in frame pixels, best first."""
    top = (NET_H - small.shape[0]) // 2
    x = np.full((NET_H, NET_W, 3), 114, np.uint8)
    x[top:top + small.shape[0]] = small
    out = run(np.ascontiguousarray(x.transpose(2, 0, 1)[None].astype(np.float32) / 255))
    classes, scores = out[4:].argmax(0), out[4:].max(0)
    keep = np.flatnonzero(scores >= floor)
    keep = keep[np.argsort(-scores[keep], kind="stable")]
    center, size = out[:2, keep].T - [0, top], out[2:4, keep].T
    found = np.concatenate([(center - size / 2) * scale, (center + size / 2) * scale,
                            scores[keep, None], classes[keep, None]], 1)
    kept: list[np.ndarray] = []
    for d in found:
        same = [k for k in kept if k[5] == d[5]]
        if not same or iou(d[:4], np.stack(same)[:, :4]).max() <= NMS_IOU:
            kept.append(d)
    return np.stack(kept) if kept else np.zeros((0, 6))


def match(found: np.ndarray, objects: list[dict]) -> tuple[np.ndarray, list[int]]:
    """Per detection 1 (right), 0 (wrong) or -1 (ignored), and the indices of missed objects."""
    boxes = np.array([o["box"] for o in objects], float).reshape(-1, 4)
    verdict, free = np.zeros(len(found), int), set(range(len(objects)))
    for i, d in enumerate(found):
        fits = sorted(((v, j) for j, v in enumerate(iou(d[:4], boxes))
                       if v >= MATCH_IOU and j in free and objects[j]["classId"] == d[5]),
                      key=lambda c: (objects[c[1]]["ignore"], -c[0]))
        if fits:
            free.discard(fits[0][1])
            verdict[i] = -1 if objects[fits[0][1]]["ignore"] else 1
    return verdict, [j for j in free if not objects[j]["ignore"]]


def draw(frame: np.ndarray, found: np.ndarray, verdict: np.ndarray, missed: list[dict], path: Path) -> None:
    """Detections (green right, red wrong, grey ignored) and missed objects (yellow)."""
    image = Image.fromarray(frame)
    pen = ImageDraw.Draw(image)
    for d, v in zip(found, verdict):
        color = {1: (40, 220, 90), 0: (255, 40, 40), -1: (200, 200, 200)}[int(v)]
        pen.rectangle(list(d[:4]), outline=color)
        pen.text((d[0] + 1, d[1] - 11), f"{'pv'[int(d[5])]} {d[4]:.2f}", fill=color)
    for o in missed:
        pen.rectangle(o["box"], outline=(255, 230, 40))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clip", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--onnx", type=Path)
    source.add_argument("--work", type=Path)
    parser.add_argument("--confidence", type=float, nargs="+", default=[0.25, 0.3, 0.4, 0.5, 0.6])
    parser.add_argument("--preview", type=Path, help="write frames with boxes here, at the first confidence")
    args = parser.parse_args()

    truth = json.loads(args.truth.read_text())
    run = onnx_runner(args.onnx) if args.onnx else torch_runner(args.work)
    scale = truth["width"] / NET_W
    small = decode(args.clip, NET_W, round(truth["height"] / scale))
    assert len(small) == len(truth["frames"]), "clip and truth differ in length"
    full = decode(args.clip, truth["width"], truth["height"]) if args.preview else None
    found = [detect(run, s, scale, min(args.confidence)) for s in small]
    for confidence in args.confidence:
        counts = np.zeros((len(truth["classes"]), 3), int)  # right, wrong, missed
        for i, (f, frame) in enumerate(zip(found, truth["frames"])):
            f = f[f[:, 4] >= confidence]
            verdict, missed = match(f, frame["objects"])
            for d, v in zip(f, verdict):
                if v >= 0:
                    counts[int(d[5]), 1 - v] += 1
            for j in missed:
                counts[frame["objects"][j]["classId"], 2] += 1
            if full is not None and confidence == args.confidence[0]:
                draw(full[i], f, verdict, [frame["objects"][j] for j in missed], args.preview / f"frame-{i:03d}.png")
        rows = [*zip(truth["classes"], counts), ("all", counts.sum(0))]
        print(f"confidence {confidence:.2f}: " + "; ".join(
            f"{name} precision {c[0] / max(1, c[0] + c[1]):.3f} recall {c[0] / max(1, c[0] + c[2]):.3f}" for name, c in rows))


if __name__ == "__main__":
    main()
