package io.videoml.cli.output;

import java.time.Duration;

/**
 * What a strategy saves, and what it misses.
 *
 * @param strategy as {@code --sampler} takes it
 * @param read frames of the video
 * @param decoded frames that were decoded
 * @param kept frames that reached the detector
 * @param cpu of the whole process
 * @param saving how many times less CPU than looking at every frame
 * @param objects what was found in every frame, counting an object once for each frame
 * @param found share of those that a kept frame within a second shows, too
 */
public record ComparedStrategy(
    String strategy,
    long read,
    long decoded,
    long kept,
    Duration cpu,
    double saving,
    long objects,
    double found) {}
