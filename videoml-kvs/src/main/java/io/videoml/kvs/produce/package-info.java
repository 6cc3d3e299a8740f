/**
 * Amazon Kinesis Video Streams, written: start at {@code KvsProducer}.
 *
 * <p>Depends on core, {@code io.videoml.kvs.client} and {@code io.videoml.kvs.fragment}.
 */
@NullMarked
package io.videoml.kvs.produce;

import org.jspecify.annotations.NullMarked;
