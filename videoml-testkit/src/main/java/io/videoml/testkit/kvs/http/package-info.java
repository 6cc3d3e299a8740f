/**
 * HTTP/1.1 as the stand-in needs it: raw, over sockets, full duplex, able to break off anywhere.
 * Knows the JDK and SLF4J.
 */
@NullMarked
package io.videoml.testkit.kvs.http;

import org.jspecify.annotations.NullMarked;
