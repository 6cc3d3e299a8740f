/**
 * What the stand-in keeps: streams and their fragments, in memory or in a folder, within bounds.
 * Knows the package media and the JDK.
 */
@NullMarked
package io.videoml.testkit.kvs.store;

import org.jspecify.annotations.NullMarked;
