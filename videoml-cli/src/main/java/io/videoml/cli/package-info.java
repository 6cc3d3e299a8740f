/**
 * The {@code videoml} command: a thin layer over the public API.
 *
 * <p>Start at {@link io.videoml.cli.Main}; a command is a class here. Below, bottom up: {@code
 * process} (streams, signals, failures), {@code options} and {@code output}, {@code run}. Whatever
 * goes wrong becomes a {@code CliException} and is printed in one place. Depends on core, the
 * source and detector modules, picocli and the test kit's demo.
 */
@NullMarked
package io.videoml.cli;

import org.jspecify.annotations.NullMarked;
