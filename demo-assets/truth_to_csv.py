#!/usr/bin/env python3
"""Writes the demo's ground truth as the test kit reads it: truth_to_csv.py demo-truth.json demo-truth.csv

CSV, because the test kit brings no JSON parser. A frame without objects has a line of its own.
"""
import json
import sys


def main(source, target):
    with open(source, encoding="utf-8") as file:
        truth = json.load(file)
    with open(target, "w", encoding="utf-8") as out:
        out.write("frame,class_id,x1,y1,x2,y2,ignore\n")
        for frame in truth["frames"]:
            for item in frame["objects"]:
                box = ",".join(f"{edge:g}" for edge in item["box"])
                ignore = str(item["ignore"]).lower()
                out.write(f"{frame['frame']},{item['classId']},{box},{ignore}\n")
            if not frame["objects"]:
                out.write(f"{frame['frame']},,,,,,\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
