package io.videoml.doctor;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Loss;
import io.videoml.source.SourceException.Kind;
import java.util.List;
import java.util.Locale;

/** What keeps a stream from coming, or ends it. */
final class ConnectionFindings {
  private ConnectionFindings() {}

  static void add(StreamReport report, List<Finding> findings) {
    List<Loss> losses = report.losses();
    if (!report.connected()) {
      findings.add(losses.isEmpty() ? silent() : neverOpen(losses.get(losses.size() - 1)));
      return;
    }
    if (losses.isEmpty()) {
      return;
    }
    Loss last = losses.get(losses.size() - 1);
    String evidence =
        String.format(
            Locale.ROOT,
            "lost %d time(s), the last %.1f s after the start: %s (%s)%s",
            losses.size(),
            last.at().toMillis() / 1e3,
            last.message(),
            last.kind().code(),
            last.recovered() ? "; it came back" : "; it did not come back while watched");
    Severity severity = last.recovered() ? Severity.WARNING : Severity.ERROR;
    findings.add(
        last.kind() == Kind.STALLED
            ? new Finding(
                Symptom.STALLED,
                severity,
                evidence,
                "the camera hangs, or the way to it is dead although the connection is open: look at the"
                    + " camera's load and the network; videoml connects anew by itself")
            : new Finding(
                Symptom.CONNECTION_LOST,
                severity,
                evidence,
                "look at power, cable and Wi-Fi of the camera, at its limit of viewers, and at its log;"
                    + " videoml connects anew by itself"));
  }

  private static Finding silent() {
    return new Finding(
        Symptom.STALLED,
        Severity.ERROR,
        "no frame came, and nothing failed",
        "check that the source sends video, and that it holds any");
  }

  private static Finding neverOpen(Loss why) {
    return new Finding(symptom(why.kind()), Severity.ERROR, why.message(), remedy(why.kind()));
  }

  private static Symptom symptom(Kind kind) {
    return switch (kind) {
      case AUTHENTICATION -> Symptom.AUTHENTICATION;
      case NOT_FOUND -> Symptom.NOT_FOUND;
      case REFUSED -> Symptom.REFUSED;
      case NETWORK -> Symptom.UNREACHABLE;
      case STALLED -> Symptom.STALLED;
      case ENDED, CLOSED -> Symptom.CONNECTION_LOST;
      case UNSUPPORTED, CORRUPT, CONFIGURATION -> Symptom.UNSUPPORTED;
    };
  }

  private static String remedy(Kind kind) {
    return switch (kind) {
      case AUTHENTICATION ->
          "check user and password, percent-encoded in the address (@ is %40), and that this user may"
              + " watch; many cameras lock a user out for minutes after some attempts";
      case NOT_FOUND ->
          "the host answers, the path is wrong: look the stream's path up in the camera's manual or by"
              + " ONVIF; of a host name, check the spelling";
      case REFUSED ->
          "nobody listens at this port, or the server is full: check the port (RTSP: 554), that the"
              + " service is on, and its limit of viewers";
      case NETWORK -> "check the address, the network, and what filters it (firewall, VLAN, VPN)";
      case STALLED ->
          "the host accepts and says nothing: restart the camera; check that no proxy or firewall holds"
              + " the data back";
      case UNSUPPORTED -> "install the decoder, or set the camera to H.264";
      case CORRUPT -> "get an intact copy, or another stream of this camera";
      case CONFIGURATION -> "correct the address or option";
      case ENDED, CLOSED -> "check that the stream goes on (" + kind.code() + ")";
    };
  }
}
