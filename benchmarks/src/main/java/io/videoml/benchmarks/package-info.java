/**
 * JMH benchmarks and comparisons with other libraries. Not published.
 *
 * <p>May depend on every module, and on the libraries that it compares with.
 */
@NullMarked
package io.videoml.benchmarks;

import org.jspecify.annotations.NullMarked;
