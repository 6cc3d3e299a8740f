/**
 * The archive's operations of the stand-in: lists of fragments, their media, clips, images, HLS.
 * Clips and images are made by the command {@code ffmpeg}, where there is one. Knows the packages
 * media, store, service, http and faults.
 */
@NullMarked
package io.videoml.testkit.kvs.archive;

import org.jspecify.annotations.NullMarked;
