package io.videoml.gstreamer;

import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The front of an open stream: what comes out of it, what it reports, and which decoder fits.
 *
 * <p>Threading: the thread that owns the stream.
 */
final class Intake implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Settings settings;
  private final Front front;
  private static final long NAP_NANOS = 5_000_000;

  private final List<Long> sinks = new ArrayList<>();
  private final Deque<Decoder> candidates = new ArrayDeque<>();
  private @Nullable Pipe pipe;
  private @Nullable Losses losses;
  private @Nullable Back back;
  private @Nullable Caps known;
  private long caps;
  private boolean serverClosed;
  private boolean timedOut;
  private boolean started;

  Intake(Settings settings, Front front) {
    this.settings = settings;
    this.front = front;
  }

  void start() {
    Pipe made = Pipe.parse(front.description(this::sink), settings.id(), front.redaction());
    pipe = made;
    front.sinks().forEach(name -> sinks.add(made.element(name)));
    front.configure(made);
    if (!made.play()) {
      check(); // the reason is there already
      throw new SourceException(Kind.CONFIGURATION, settings.id(), "GStreamer does not start it");
    }
  }

  /** Fails where the front reported an error. */
  void check() {
    Pipe current = open();
    for (Message m = current.pop(0); m != null; m = current.pop(0)) {
      if (m.error()) {
        throw front.failure(m, started);
      }
      serverClosed |= m.warning() && m.is(Message.RESOURCE, /* read */ 9);
      timedOut |= m.type() == Gst.MESSAGE_ELEMENT && m.text().equals("GstRTSPSrcTimeout");
    }
  }

  private String sink(String name) {
    return "appsink name="
        + name
        + " caps=\""
        + Codec.everything()
        + "\" sync=false async=false enable-last-sample=false drop=false max-buffers="
        + (settings.live() ? 256 : 4);
  }

  /** Returns the next coded picture, waiting for it so long; 0 where none came. */
  long pull(long nanos) {
    if (sinks.size() == 1) {
      return GstApp.gst_app_sink_try_pull_sample(sinks.get(0), nanos);
    }
    for (long sink : sinks) {
      long sample = GstApp.gst_app_sink_try_pull_sample(sink, 0);
      if (sample != 0) {
        sinks.removeIf(other -> other != sink); // nothing comes from the others
        return sample;
      }
    }
    LockSupport.parkNanos(Math.min(nanos, NAP_NANOS));
    return 0;
  }

  boolean ended() {
    return sinks.stream().anyMatch(sink -> GstApp.gst_app_sink_is_eos(sink) != 0);
  }

  /** Returns what the end means where it is a fault; null where it is none. */
  @Nullable SourceException endFailure() {
    if (timedOut) {
      return new SourceException(Kind.STALLED, settings.id(), "the server sent nothing any more");
    }
    return serverClosed
        ? new SourceException(Kind.NETWORK, settings.id(), "the server closed the connection")
        : null;
  }

  /** Returns whether the sample is of another kind than the one before. */
  boolean capsChanged(long sample) {
    long current = Gst.gst_sample_get_caps(sample);
    if (current == caps || current == 0) {
      return false;
    }
    if (caps != 0) {
      Gst.gst_mini_object_unref(caps);
    }
    caps = Gst.gst_mini_object_ref(current); // held, so that the address stays its own
    known = Caps.of(caps);
    started = true;
    return true;
  }

  Caps caps() {
    Caps current = known;
    if (current == null) {
      throw new IllegalStateException("nothing came yet");
    }
    return current;
  }

  /** Returns whether packets were lost since the last call. */
  boolean lostSome() {
    Losses current = losses;
    if (current == null) {
      current = Losses.in(open());
      losses = current;
    }
    return current.more();
  }

  @Nullable Back back() {
    return back;
  }

  /** Makes the first decoder for what comes. */
  Back chooseDecoder() {
    if (caps().raw()) {
      if (settings.hardwareRequired()) {
        throw new SourceException(
            Kind.CONFIGURATION,
            settings.id(),
            "the description decodes by itself, so no device can be required");
      }
      back = Back.converting(settings, innerDecoder(/* codec= */ false), caps().rgb());
    } else if (!front.decoder().isEmpty()) {
      back = Back.described(settings, front.redaction(), front.decoder());
    } else {
      candidates.addAll(Back.candidates(caps, caps(), settings));
      back = nextCandidate("");
    }
    return play();
  }

  /** Makes the decoder to try after one that failed. */
  Back nextDecoder(Message error) {
    String text = front.redaction().apply(error.text());
    LOG.warn("decoder of {} failed: {}", settings.id(), text);
    back = nextCandidate(": " + text);
    return play();
  }

  private Back nextCandidate(String reason) {
    List<String> tried = new ArrayList<>();
    for (Decoder next = candidates.poll(); next != null; next = candidates.poll()) {
      if (next.starts()) {
        return Back.of(settings, next);
      }
      tried.add(next.name());
    }
    if (!reason.isEmpty()) {
      throw new SourceException(
          Kind.CORRUPT, settings.id(), caps().codec() + " cannot be decoded" + reason);
    }
    throw new SourceException(
        Kind.UNSUPPORTED,
        settings.id(),
        "no decoder of " + caps().codec() + " starts here; tried " + tried);
  }

  private Back play() {
    Back made = back;
    if (made == null) {
      throw new IllegalStateException("no decoder was made");
    }
    made.pipe().play(); // a failure is on its bus
    return made;
  }

  Decoding decoding(Back decoder) {
    String inner = caps().raw() ? innerDecoder(/* codec= */ true) : "";
    return new Decoding(
        caps(),
        inner.isEmpty() ? caps().codec() : inner,
        decoder.decoder(),
        decoder.device(),
        !inner.isEmpty());
  }

  /** Returns the name of a decoder within the description, or of its codec; empty without one. */
  private String innerDecoder(boolean codec) {
    List<String> found = new ArrayList<>();
    open()
        .forEach(
            element -> {
              long factory = Gst.gst_element_get_factory(element);
              String kind = factory == 0 ? "" : Decoder.kind(factory);
              if (kind.contains("Decoder/Video") || kind.contains("Decoder/Image")) {
                found.add(
                    codec ? codecAt(element) : Natives.take(Gst.gst_object_get_name(factory)));
              }
            });
    return found.isEmpty() ? (codec ? "" : "raw") : found.get(0);
  }

  private static String codecAt(long decoder) {
    long pad = Gst.gst_element_get_static_pad(decoder, "sink");
    long caps = pad == 0 ? 0 : Gst.gst_pad_get_current_caps(pad);
    String name = caps == 0 ? "unknown" : Caps.of(caps).codec();
    if (caps != 0) {
      Gst.gst_mini_object_unref(caps);
    }
    if (pad != 0) {
      Gst.gst_object_unref(pad);
    }
    return name;
  }

  private Pipe open() {
    Pipe current = pipe;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  @Override
  public void close() {
    if (losses != null) {
      losses.close();
    }
    if (caps != 0) {
      Gst.gst_mini_object_unref(caps);
      caps = 0;
    }
    if (pipe != null) {
      pipe.close();
    }
  }
}
