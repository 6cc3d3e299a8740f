package io.videoml.cli.run;

import io.videoml.detect.Detector;

/**
 * A detector and what runs it.
 *
 * @param execution in words, as {@code "cpu"}
 */
public record LoadedModel(Detector detector, String execution) {}
