/**
 * PutMedia of the stand-in: takes media, stores its fragments, acknowledges them. Knows the
 * packages beside it.
 */
@NullMarked
package io.videoml.testkit.kvs.put;

import org.jspecify.annotations.NullMarked;
