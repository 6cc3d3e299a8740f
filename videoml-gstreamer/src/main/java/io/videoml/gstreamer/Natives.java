package io.videoml.gstreamer;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads GStreamer once, or says what is in the way. */
final class Natives {
  static final String INSTALL =
      "install it with: apt-get install gstreamer1.0-plugins-base gstreamer1.0-plugins-good"
          + " gstreamer1.0-plugins-bad gstreamer1.0-libav";

  private static @Nullable String problem;
  private static boolean tried;
  private static volatile long ntpCaps; // of the process; never freed

  private Natives() {}

  /** Loads GStreamer, or fails for the source with this id. */
  static void require(String id) {
    Optional<String> missing = problem();
    if (missing.isPresent()) {
      throw new SourceException(Kind.UNSUPPORTED, id, missing.get());
    }
  }

  /** Returns why GStreamer cannot be used; empty if it can. */
  static synchronized Optional<String> problem() {
    if (!tried) {
      problem = load();
      tried = true;
    }
    return Optional.ofNullable(problem);
  }

  private static @Nullable String load() {
    try { // the first use of JNA loads its own library, which may fail as well
      if (Native.POINTER_SIZE != 8) {
        return "GStreamer can be used from 64-bit Java only";
      }
      register(Glib.class, "glib-2.0");
      register(GObjects.class, "gobject-2.0");
      register(Gio.class, "gio-2.0");
      register(Gst.class, "gstreamer-1.0");
      register(GstApp.class, "gstapp-1.0");
      register(GstVideo.class, "gstvideo-1.0");
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return "GStreamer 1.20 or later does not load (" + firstLine(e) + "); " + INSTALL;
    }
    Gst.gst_segtrap_set_enabled(0); // SIGSEGV is the JVM's
    long[] error = new long[1];
    if (Gst.gst_init_check(0, 0, error) == 0) {
      String reason = error[0] == 0 ? "no reason given" : message(error[0]);
      return "GStreamer does not start (" + reason + "); " + INSTALL;
    }
    ntpCaps = Gst.gst_caps_from_string("timestamp/x-ntp");
    return null;
  }

  /** Returns what marks a reference time as one of NTP. */
  static long ntpCaps() {
    return ntpCaps;
  }

  /** Returns the text of a GError, and frees it. */
  static String message(long error) {
    String text = new Pointer(error).getPointer(8).getString(0, "UTF-8");
    Glib.g_error_free(error);
    return text;
  }

  /** Returns a text that GLib allocated, and frees it. */
  static String take(long text) {
    if (text == 0) {
      return "";
    }
    String copy = new Pointer(text).getString(0, "UTF-8");
    Glib.g_free(text);
    return copy;
  }

  private static void register(Class<?> functions, String library) {
    Map<String, Object> options = Map.of(Library.OPTION_STRING_ENCODING, "UTF-8");
    Native.register(functions, NativeLibrary.getInstance(fileName(library), options));
  }

  /** By full name: the short ones come with the development packages only. */
  private static String fileName(String library) {
    if (Platform.isWindows()) {
      return library + "-0";
    }
    return Platform.isLinux() ? "lib" + library + ".so.0" : library;
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
