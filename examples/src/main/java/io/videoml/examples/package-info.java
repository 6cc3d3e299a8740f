/**
 * Programs to run first and to copy from, each under 80 lines.
 *
 * <p>May depend on every published module.
 */
@NullMarked
package io.videoml.examples;

import org.jspecify.annotations.NullMarked;
