package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Owns the pipeline that decodes: coded pictures are pushed in, decoded ones pulled out.
 *
 * <p>Threading: one thread, but for {@link #frames()}.
 */
final class Back implements AutoCloseable {
  private final Pipe pipe;
  private final long feed;
  private final long frames;
  private final String decoder;
  private final String device;

  private Back(Pipe pipe, String decoder, String device) {
    this.pipe = pipe;
    this.feed = pipe.element("videoml_feed");
    this.frames = pipe.element("videoml_frames");
    this.decoder = decoder;
    this.device = device;
  }

  /** Returns the decoders to try for these caps, in order. */
  static List<Decoder> candidates(long caps, Caps known, Settings settings) {
    List<Decoder> all = new ArrayList<>(Decoder.of(caps));
    List<String> seen = all.stream().map(Decoder::name).toList();
    if (settings.hardwareRequired()) {
      all.removeIf(candidate -> !candidate.hardware());
    } else if (settings.decoders() == DecoderPreference.SOFTWARE) {
      all.removeIf(Decoder::hardware);
    }
    if (all.isEmpty()) {
      String codec = known.codec();
      throw new SourceException(
          Kind.UNSUPPORTED,
          settings.id(),
          settings.hardwareRequired()
              ? "no device decodes " + codec + " here; GStreamer has " + seen
              : "GStreamer has no decoder for "
                  + codec
                  + "; install it with: apt-get install gstreamer1.0-libav"
                  + " gstreamer1.0-plugins-bad");
    }
    return all;
  }

  /** Makes a pipeline that only converts, for pictures that are decoded already. */
  static Back converting(Settings settings, String decoder, boolean rgb) {
    String formats = rgb ? Layout.RGB : Layout.LUMA;
    return start(settings, Redaction.NONE, "", formats, decoder, "");
  }

  /** Makes a pipeline with the decoder of a launch description. */
  static Back described(Settings settings, Redaction redaction, String text) {
    String name = text.split("\\s", 2)[0];
    String device = Decoder.deviceOf(name);
    if (settings.hardwareRequired() && device.isEmpty()) {
      throw new SourceException(
          Kind.CONFIGURATION,
          settings.id(),
          name + " of the description is no device, but one is required; leave the decoder out");
    }
    return start(settings, redaction, text + " ! ", Layout.LUMA, name, device);
  }

  /** Makes a pipeline with one of GStreamer's decoders. */
  static Back of(Settings settings, Decoder decoder) {
    String text = decoder.name() + " name=videoml_decoder ! ";
    return start(settings, Redaction.NONE, text, Layout.LUMA, decoder.name(), decoder.device());
  }

  private static Back start(
      Settings settings,
      Redaction redaction,
      String middle,
      String formats,
      String decoder,
      String device) {
    String text =
        String.format(
            Locale.ROOT,
            "appsrc name=videoml_feed format=time is-live=%b handle-segment-change=true"
                + " max-bytes=0 ! %svideoconvert ! appsink name=videoml_frames caps=\"%s\""
                + " sync=false async=false enable-last-sample=false max-buffers=4 drop=%b",
            settings.live(),
            middle,
            formats,
            settings.live());
    Pipe pipe = Pipe.parse(text, settings.id(), redaction);
    try {
      if (middle.contains("videoml_decoder")) {
        // One thread costs each frame the least in all; many streams share the processors.
        Props.setIfKnown(pipe.element("videoml_decoder"), "max-threads", "1");
      }
      return new Back(pipe, decoder, device);
    } catch (RuntimeException | Error e) {
      pipe.close();
      throw e;
    }
  }

  Pipe pipe() {
    return pipe;
  }

  /** Returns the sink that decoded pictures are pulled from. */
  long frames() {
    return frames;
  }

  /** Returns the name of the decoder. */
  String decoder() {
    return decoder;
  }

  /** Returns the device that decodes; empty for the processor. */
  String device() {
    return device;
  }

  /** Hands a coded picture to the decoder; the sample stays the caller's. */
  void feed(long sample) {
    GstApp.gst_app_src_push_sample(feed, sample);
  }

  /** Returns how many coded pictures wait for the decoder. */
  long waiting() {
    return GstApp.gst_app_src_get_current_level_buffers(feed);
  }

  /** Says that nothing comes any more: the decoder gives up what it holds back. */
  void endOfStream() {
    GstApp.gst_app_src_end_of_stream(feed);
  }

  @Override
  public void close() {
    pipe.close();
  }
}
