package io.videoml.testkit.kvs.service;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.faults.KvsOperation;
import java.time.Instant;

/**
 * A request that the stand-in answered, without anything secret.
 *
 * @param operation which
 * @param stream the name or ARN that it names; empty where it names none, or was refused before
 * @param at when it came
 * @param status HTTP's; 0 if it was cut before the answer
 * @param error AWS's name of the error; empty for none
 */
public record KvsRequest(
    KvsOperation operation, String stream, Instant at, int status, String error) {
  public KvsRequest {
    requireNonNull(operation, "operation");
    requireNonNull(stream, "stream");
    requireNonNull(at, "at");
    requireNonNull(error, "error");
  }
}
