package io.videoml.kvs.client;

import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.source.SourceException.Kind;

/** Errors that the service puts into media; those of PutMedia's acknowledgements differ. */
final class StreamErrors {
  private StreamErrors() {}

  static KvsFailure of(int id, String code) {
    String name = code.isEmpty() ? "error " + id : id + " " + code;
    return switch (id) {
      case 3002, 5000 -> failure(Remedy.RETRY, Kind.NETWORK, id, "the service failed: " + name);
      case 4000 ->
          failure(
              Remedy.NEW_POSITION,
              Kind.CONFIGURATION,
              id,
              "the fragment to start at is not there any more (" + name + ")");
      case 4500, 4501, 4502, 4503, 4504, 4505, 4506 ->
          failure(
              Remedy.NONE,
              Kind.AUTHENTICATION,
              id,
              "the stream's key cannot be used (" + name + "); look at the key and its policy");
      default -> failure(Remedy.RETRY, Kind.NETWORK, id, "the service reports " + name);
    };
  }

  private static KvsFailure failure(Remedy remedy, Kind kind, int id, String message) {
    return new KvsFailure(remedy, kind, Integer.toString(id), message, null);
  }
}
