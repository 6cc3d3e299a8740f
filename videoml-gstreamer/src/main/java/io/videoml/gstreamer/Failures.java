package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;

/** Says what an error of GStreamer means: by domain and code, which alone mean nothing. */
final class Failures {
  private Failures() {}

  static SourceException of(Message error, Settings settings, Redaction redaction) {
    Kind kind = kind(error, settings.live());
    String text = redaction.apply(error.text());
    String hint =
        switch (kind) {
          case AUTHENTICATION -> "; the server refuses the credentials, or wants some";
          case NOT_FOUND -> "; check the address or path";
          case UNSUPPORTED -> "; " + Natives.INSTALL;
          default -> "";
        };
    return new SourceException(kind, settings.id(), strip(text) + hint);
  }

  static Kind kind(Message error, boolean live) {
    return switch (error.domain()) {
      case Message.RESOURCE -> resource(error.code(), live);
      case Message.STREAM ->
          switch (error.code()) {
            case 3, 4, 5, 6 -> Kind.UNSUPPORTED; // no type or codec that is known
            case 7, 8, 9, 10, 11 -> Kind.CORRUPT;
            case 12, 13 -> Kind.AUTHENTICATION; // encrypted
            default -> live ? Kind.NETWORK : Kind.CORRUPT;
          };
      case Message.CORE -> error.code() == 12 ? Kind.UNSUPPORTED : Kind.CONFIGURATION;
      default -> Kind.CONFIGURATION;
    };
  }

  private static Kind resource(int code, boolean live) {
    return switch (code) {
      case 3 -> Kind.NOT_FOUND;
      case 4 -> Kind.REFUSED; // busy
      case 5 -> live ? Kind.NETWORK : Kind.CONFIGURATION; // cannot be opened for reading
      case 13 -> Kind.CONFIGURATION; // settings
      case 15 -> Kind.AUTHENTICATION;
      default -> Kind.NETWORK;
    };
  }

  static String strip(String text) {
    return text.strip().replaceFirst("\\.$", "");
  }
}
