package io.videoml.cli;

import io.videoml.detect.Detector;

/**
 * A detector and what runs it.
 *
 * @param execution in words, as {@code "cpu"}
 */
record LoadedModel(Detector detector, String execution) {}
