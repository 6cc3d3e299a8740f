output "configuration" {
  description = "Per camera, what `aws kinesisvideo update-image-generation-configuration --cli-input-json` takes: no provider has a resource for it."
  value = {
    for camera, stream in var.streams : camera => jsonencode({
      StreamName = stream.name
      ImageGenerationConfiguration = {
        Status            = "ENABLED"
        ImageSelectorType = "PRODUCER_TIMESTAMP"
        DestinationConfig = {
          Uri               = format("s3://%s/%s", aws_s3_bucket.images.id, camera)
          DestinationRegion = data.aws_region.current.region
        }
        SamplingInterval = var.sampling_interval_ms
        Format           = "JPEG"
        FormatConfig     = { JPEGQuality = "80" }
      }
    })
  }
}

output "bucket" {
  description = "Where the images are."
  value       = aws_s3_bucket.images.id
}

output "deliver_policy" {
  description = "What the role that calls PutMedia needs, where producer_role_name is null."
  value       = data.aws_iam_policy_document.deliver.json
}
