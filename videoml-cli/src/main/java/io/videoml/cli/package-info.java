/**
 * The {@code videoml} command, a thin layer over the public API.
 *
 * <p>May depend on every module, and uses nothing that a user of the library could not.
 */
@NullMarked
package io.videoml.cli;

import org.jspecify.annotations.NullMarked;
