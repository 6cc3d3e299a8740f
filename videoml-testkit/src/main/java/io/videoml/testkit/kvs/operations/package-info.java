/**
 * The service's operations but PutMedia, for the stand-in: streams, GetMedia, the archive. Knows
 * the packages beside it.
 */
@NullMarked
package io.videoml.testkit.kvs.operations;

import org.jspecify.annotations.NullMarked;
