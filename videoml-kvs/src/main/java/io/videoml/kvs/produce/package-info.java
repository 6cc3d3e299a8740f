/**
 * Amazon Kinesis Video Streams, written: start at {@link io.videoml.kvs.produce.KvsProducer}.
 *
 * <p>Depends on core, videoml-ffmpeg, and this module's {@code client}, {@code mux} and {@code
 * putmedia}.
 */
@NullMarked
package io.videoml.kvs.produce;

import org.jspecify.annotations.NullMarked;
