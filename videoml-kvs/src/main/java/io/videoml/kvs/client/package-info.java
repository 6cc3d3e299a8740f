/**
 * How to reach Kinesis Video Streams: {@link io.videoml.kvs.client.KvsConnection}. The rest serves
 * this module's other packages, and may change.
 */
@NullMarked
package io.videoml.kvs.client;

import org.jspecify.annotations.NullMarked;
