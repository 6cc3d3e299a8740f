output "configuration" {
  description = "Per camera, what `aws kinesisvideo update-notification-configuration --cli-input-json` takes: no provider has a resource for it."
  value = {
    for camera, stream in var.streams : camera => jsonencode({
      StreamName = stream.name
      NotificationConfiguration = {
        Status            = "ENABLED"
        DestinationConfig = { Uri = aws_sns_topic.fragments.arn }
      }
    })
  }
}

output "topic_arn" {
  description = "Where the notices go."
  value       = aws_sns_topic.fragments.arn
}

output "notify_policy" {
  description = "What the role that calls PutMedia needs, where producer_role_name is null."
  value       = data.aws_iam_policy_document.notify.json
}
