/**
 * Amazon Kinesis Video Streams, read: live by {@code KvsSource}.
 *
 * <p>Depends on core, on {@code videoml-ffmpeg}, which decodes, and on AWS SDK for Java v2.
 */
@NullMarked
package io.videoml.kvs;

import org.jspecify.annotations.NullMarked;
