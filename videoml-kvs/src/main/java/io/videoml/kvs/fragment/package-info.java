/**
 * Kinesis Video Streams fragments as they lie in Matroska, read without the service: start at
 * {@link io.videoml.kvs.fragment.FragmentReader}. Depends on the JDK only.
 */
@NullMarked
package io.videoml.kvs.fragment;

import org.jspecify.annotations.NullMarked;
