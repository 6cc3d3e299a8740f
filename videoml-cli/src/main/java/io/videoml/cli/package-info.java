/**
 * The {@code videoml} command: a thin layer over the public API.
 *
 * <p>Start at {@link io.videoml.cli.Main}; a command is a class. Whatever goes wrong becomes a
 * {@code CliException} and is printed in one place. Depends on core, the source and detector
 * modules, picocli and Jackson.
 */
@NullMarked
package io.videoml.cli;

import org.jspecify.annotations.NullMarked;
