package io.videoml.cli;

/**
 * What every command needs of its surroundings.
 *
 * @param console where it writes
 * @param interruption how it is told to end
 * @param parts where sources and detectors come from
 */
record CliContext(Console console, Interruption interruption, Parts parts) {}
