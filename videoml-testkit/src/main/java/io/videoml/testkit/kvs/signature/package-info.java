/**
 * AWS Signature Version 4 from the other side: checks what clients signed, from the bytes that they
 * sent. Knows the package http.
 */
@NullMarked
package io.videoml.testkit.kvs.signature;

import org.jspecify.annotations.NullMarked;
