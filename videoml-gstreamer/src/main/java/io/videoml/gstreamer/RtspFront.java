package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.List;
import java.util.function.Function;

/** The front of an RTSP camera. */
final class RtspFront implements Front {
  private final Settings settings;
  private final RtspSettings rtsp;
  private final boolean parameterSets;
  private final List<RtpBranch> branches;
  private long begun;

  /**
   * @param parameterSets whether to repeat them before each key frame, so that reading can start at
   *     any
   */
  RtspFront(Settings settings, RtspSettings rtsp, boolean parameterSets) {
    this.settings = settings;
    this.rtsp = rtsp;
    this.parameterSets = parameterSets;
    this.branches = RtpBranch.installed(settings.id());
  }

  @Override
  public String description(Function<String, String> sink) {
    StringBuilder text = new StringBuilder("rtspsrc name=videoml_camera");
    for (RtpBranch branch : branches) {
      text.append(" videoml_camera. ! ")
          .append(branch.text(parameterSets))
          .append(" ! ")
          .append(sink.apply(branch.sink()));
    }
    return text.toString();
  }

  @Override
  public List<String> sinks() {
    return branches.stream().map(RtpBranch::sink).toList();
  }

  @Override
  public String decoder() {
    return "";
  }

  @Override
  public void configure(Pipe pipe) {
    begun = System.nanoTime();
    long camera = pipe.element("videoml_camera");
    Props.setText(camera, "location", rtsp.address().location());
    if (!rtsp.user().isEmpty()) {
      Props.setText(camera, "user-id", rtsp.user());
      Props.setText(camera, "user-pw", rtsp.password());
    }
    Props.set(camera, "protocols", rtsp.transport().protocol());
    Props.set(camera, "latency", Long.toString(rtsp.latency().toMillis()));
    Props.set(camera, "drop-on-latency", Boolean.toString(rtsp.dropOnLatency()));
    String micros = Long.toString(settings.connectTimeout().toNanos() / 1000);
    Props.set(camera, "tcp-timeout", micros);
    Props.set(camera, "timeout", "0"); // ours watches, and no transport is changed in secret
    Props.set(camera, "udp-reconnect", "false");
    Props.setIfKnown(camera, "add-reference-timestamp-meta", "true"); // from 1.22 on
    if (rtsp.address().encrypted()) {
      trust(camera);
    }
  }

  private void trust(long camera) {
    if (rtsp.insecure()) {
      Props.set(camera, "tls-validation-flags", "0");
      return;
    }
    String anchors = rtsp.anchors();
    if (anchors != null) {
      long[] error = new long[1];
      long database = Gio.g_tls_file_database_new(anchors, error);
      if (error[0] != 0) {
        throw new SourceException(
            Kind.CONFIGURATION,
            settings.id(),
            "the certificates in " + anchors + " cannot be read: " + Natives.message(error[0]));
      }
      Props.setObject(camera, "tls-database", database);
    }
  }

  @Override
  public Redaction redaction() {
    return new Redaction(
        List.of(rtsp.user(), rtsp.password()).stream().filter(s -> s.length() > 2).toList());
  }

  @Override
  public SourceException failure(Message error, boolean started) {
    if (error.domain().equals(Message.RESOURCE) && !started) {
      if (error.code() == 7) {
        String text = Failures.strip(redaction().apply(error.text()));
        return Reachability.of(settings.id(), rtsp.address(), text);
      }
      boolean late = System.nanoTime() - begun > settings.connectTimeout().toNanos() * 9 / 10;
      if (error.code() == 9 && late) { // a broken connection has the same code, but is known soon
        return new SourceException(
            Kind.STALLED,
            settings.id(),
            "the server did not answer within the connect timeout, "
                + settings.connectTimeout().toMillis()
                + " ms");
      }
    }
    if (error.is(Message.STREAM, 6)) {
      return new SourceException(
          Kind.UNSUPPORTED,
          settings.id(),
          "the server sends nothing that can be had by "
              + rtsp.transport()
              + "; choose another transport, or install the codec's plug-in");
    }
    if (error.is(Message.STREAM, 1) && !started) {
      return new SourceException(
          Kind.UNSUPPORTED,
          settings.id(),
          "the server sends no video of a kind that is installed; " + Natives.INSTALL);
    }
    return Failures.of(error, settings, redaction());
  }
}
