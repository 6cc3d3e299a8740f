/**
 * A stand-in for Amazon Kinesis Video Streams on the loopback interface: what it keeps, how it
 * checks signatures, and how it fails on request.
 *
 * <p>Start at {@link io.videoml.testkit.kvs.KvsStandIn}. Shares no code with the library that it
 * tests. Needs jackson-databind on the class path.
 */
@NullMarked
package io.videoml.testkit.kvs;

import org.jspecify.annotations.NullMarked;
