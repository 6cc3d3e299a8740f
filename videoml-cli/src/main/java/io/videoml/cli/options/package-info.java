/**
 * What a user asks for: options that commands share, parsed and checked, but nothing done yet.
 *
 * <p>Depends on {@code process} and picocli.
 */
@NullMarked
package io.videoml.cli.options;

import org.jspecify.annotations.NullMarked;
