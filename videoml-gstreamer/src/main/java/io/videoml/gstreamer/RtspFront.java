package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.List;

/** The front of an RTSP camera. */
final class RtspFront implements Front {
  private final Settings settings;
  private final RtspSettings rtsp;

  RtspFront(Settings settings, RtspSettings rtsp) {
    this.settings = settings;
    this.rtsp = rtsp;
  }

  @Override
  public String description() {
    // The caps leave audio unlinked, and parsebin links by itself once it knows the codec.
    return "rtspsrc name=videoml_camera ! application/x-rtp,media=video ! parsebin";
  }

  @Override
  public String decoder() {
    return "";
  }

  @Override
  public void configure(Pipe pipe) {
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
      if (error.code() == 9) {
        return new SourceException(
            Kind.STALLED,
            settings.id(),
            "the server did not answer within the connect timeout, "
                + settings.connectTimeout().toMillis()
                + " ms");
      }
      if (error.code() == 13) {
        return new SourceException(
            Kind.UNSUPPORTED,
            settings.id(),
            "the server does not send by " + rtsp.transport() + "; choose another transport");
      }
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
