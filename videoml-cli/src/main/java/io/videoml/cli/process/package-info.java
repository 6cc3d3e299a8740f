/**
 * The process that a command runs in: its streams and log, its signals, how it fails and what it
 * says of its end.
 *
 * <p>Start at {@link io.videoml.cli.process.Console} and {@link io.videoml.cli.process.ErrorLine}.
 * Depends on no other package of the command.
 */
@NullMarked
package io.videoml.cli.process;

import org.jspecify.annotations.NullMarked;
