resource "aws_kinesis_video_stream" "camera" {
  for_each = var.cameras

  name                    = "${var.name}-${each.key}"
  data_retention_in_hours = each.value.retention_hours
  # Without a key of one's own the service uses its managed one, aws/kinesisvideo.
  kms_key_id = each.value.kms_key_arn
  media_type = "video/h264"
  tags       = merge(var.tags, each.value.tags, { Camera = each.key })
}

locals {
  stream_arns = [for stream in aws_kinesis_video_stream.camera : stream.arn]
  key_arns    = distinct([for camera in values(var.cameras) : camera.kms_key_arn if camera.kms_key_arn != null])
}
