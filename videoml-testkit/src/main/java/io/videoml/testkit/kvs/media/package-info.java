/**
 * Matroska as Kinesis Video Streams speaks it, for the stand-in: a strict reader of what producers
 * send, and the documents that consumers get. Shares nothing with the library that it tests. Knows
 * the JDK only.
 */
@NullMarked
package io.videoml.testkit.kvs.media;

import org.jspecify.annotations.NullMarked;
