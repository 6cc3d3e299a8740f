package io.videoml.testkit.kvs.faults;

import java.util.Arrays;
import java.util.Optional;

/** The operations of the service that the stand-in has. */
public enum KvsOperation {
  CREATE_STREAM("/createStream"),
  DELETE_STREAM("/deleteStream"),
  DESCRIBE_STREAM("/describeStream"),
  LIST_STREAMS("/listStreams"),
  UPDATE_DATA_RETENTION("/updateDataRetention"),
  TAG_STREAM("/tagStream"),
  UNTAG_STREAM("/untagStream"),
  LIST_TAGS_FOR_STREAM("/listTagsForStream"),
  GET_DATA_ENDPOINT("/getDataEndpoint"),
  GET_MEDIA("/getMedia"),
  PUT_MEDIA("/putMedia"),
  LIST_FRAGMENTS("/listFragments"),
  GET_MEDIA_FOR_FRAGMENT_LIST("/getMediaForFragmentList"),
  GET_CLIP("/getClip"),
  GET_IMAGES("/getImages"),
  GET_HLS_STREAMING_SESSION_URL("/getHLSStreamingSessionURL");

  private final String path;

  KvsOperation(String path) {
    this.path = path;
  }

  /** Returns the path of its requests. */
  public String path() {
    return path;
  }

  /** Returns the operation of a path. */
  public static Optional<KvsOperation> ofPath(String path) {
    return Arrays.stream(values()).filter(operation -> operation.path.equals(path)).findFirst();
  }
}
