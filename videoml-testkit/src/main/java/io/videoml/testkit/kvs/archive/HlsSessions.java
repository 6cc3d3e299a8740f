package io.videoml.testkit.kvs.archive;

import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.http.HttpRequest;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * GetHLSStreamingSessionURL, and what it leads to: a playlist of the fragments that are kept when
 * the session is made, as MPEG-TS. No live playlist: {@code LIVE} and {@code LIVE_REPLAY} get what
 * {@code ON_DEMAND} gets.
 *
 * <p>Threading: all methods from any thread.
 */
public final class HlsSessions {
  private static final String PLAYLIST = "/hls/v1/getHLSMasterPlaylist.m3u8";
  private static final String SEGMENT = "/hls/v1/getTSFragment.ts";
  private static final String TOKEN = "SessionToken=";

  private static final int MOST_SESSIONS = 100;

  private record Session(List<StoredFragment> fragments) {}

  private final ServiceContext context;
  private final Map<String, Session> sessions = new HashMap<>();

  /** Plays the streams of the context. */
  public HlsSessions(ServiceContext context) {
    this.context = context;
  }

  /** Answers a request for a session. */
  public Map<String, Object> answer(Parameters parameters) throws ServiceException {
    StoredStream stream = Archive.kept(context.stream(parameters.stream()));
    String mode = parameters.text("PlaybackMode").orElse("LIVE");
    if (!List.of("LIVE", "LIVE_REPLAY", "ON_DEMAND").contains(mode)) {
      throw ServiceException.invalid("PlaybackMode is unknown: " + mode);
    }
    List<StoredFragment> fragments = stream.fragments();
    Optional<Parameters> selector = parameters.object("HLSFragmentSelector");
    if (mode.equals("ON_DEMAND")) {
      Parameters range =
          selector
              .flatMap(HlsSessions::range)
              .orElseThrow(() -> ServiceException.invalid("ON_DEMAND needs a TimestampRange"));
      String type = selector.get().text("FragmentSelectorType").orElse("SERVER_TIMESTAMP");
      fragments = TimeRange.of(type, range).touching(fragments);
    }
    if (fragments.isEmpty()) {
      throw new ServiceException(404, "ResourceNotFoundException", "no fragments to play");
    }
    String token = UUID.randomUUID().toString();
    synchronized (sessions) {
      if (sessions.size() == MOST_SESSIONS) {
        sessions.clear(); // they hold media; the real ones end after minutes
      }
      sessions.put(token, new Session(fragments));
    }
    return Map.of(
        "HLSStreamingSessionURL", context.endpoint().get() + PLAYLIST + "?" + TOKEN + token);
  }

  /** Returns whether a request is for a playlist or a part of one. */
  public boolean serves(HttpRequest request) {
    return request.method().equals("GET")
        && (request.path().equals(PLAYLIST) || request.path().equals(SEGMENT));
  }

  /** Answers a request for a playlist or a part; the session's token is all it needs. */
  public void serve(HttpExchange exchange) throws IOException {
    HttpRequest request = exchange.request();
    String[] query = request.query().split("&");
    String token = query[0].startsWith(TOKEN) ? query[0].substring(TOKEN.length()) : "";
    Session session;
    synchronized (sessions) {
      session = sessions.get(token);
    }
    if (session == null) {
      exchange.answer(403, List.of(), new byte[0]);
    } else if (request.path().equals(PLAYLIST)) {
      exchange.answer(
          200,
          List.of(new HttpHeader("Content-Type", "application/x-mpegURL")),
          playlist(session, token).getBytes(StandardCharsets.UTF_8));
    } else {
      segment(exchange, session, query.length > 1 ? query[1] : "");
    }
  }

  private static String playlist(Session session, String token) {
    Duration longest =
        session.fragments().stream()
            .map(StoredFragment::duration)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
    text.append("#EXT-X-TARGETDURATION:").append(longest.toSeconds() + 1).append('\n');
    text.append("#EXT-X-PLAYLIST-TYPE:VOD\n");
    for (StoredFragment fragment : session.fragments()) {
      text.append(
          String.format(
              Locale.ROOT,
              "#EXT-X-DISCONTINUITY\n#EXTINF:%.3f,\n",
              fragment.duration().toMillis() / 1000.0));
      text.append("getTSFragment.ts?" + TOKEN + token + "&FragmentNumber=" + fragment.number());
      text.append('\n');
    }
    return text.append("#EXT-X-ENDLIST\n").toString();
  }

  private static void segment(HttpExchange exchange, Session session, String query)
      throws IOException {
    String number = query.replace("FragmentNumber=", "");
    Optional<StoredFragment> fragment =
        session.fragments().stream().filter(found -> found.number().equals(number)).findFirst();
    if (fragment.isEmpty()) {
      exchange.answer(404, List.of(), new byte[0]);
      return;
    }
    try (FfmpegCommand ffmpeg = FfmpegCommand.over(List.of(fragment.get()))) {
      byte[] part = Files.readAllBytes(ffmpeg.run("part.ts", "-map", "0", "-c", "copy"));
      exchange.answer(200, List.of(new HttpHeader("Content-Type", "video/MP2T")), part);
    } catch (ServiceException e) {
      exchange.answer(
          e.status(),
          List.of(new HttpHeader("x-amzn-ErrorType", e.type())),
          String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Optional<Parameters> range(Parameters selector) {
    try {
      return selector.object("TimestampRange");
    } catch (ServiceException e) {
      return Optional.empty();
    }
  }
}
