output "streams" {
  description = "Per camera: the name for `kvs://NAME` or KvsSource, and the ARN."
  value       = { for camera, stream in aws_kinesis_video_stream.camera : camera => { name = stream.name, arn = stream.arn } }
}

output "producer_policy_arn" {
  description = "Attach it to the site's own role or user where producer_principal_arns is empty."
  value       = aws_iam_policy.producer.arn
}

output "producer_role_arn" {
  description = "The role that sites take; null where producer_principal_arns is empty."
  value       = one(aws_iam_role.producer[*].arn)
}

output "consumer_policy_arn" {
  description = "For other readers, as a Lambda function."
  value       = aws_iam_policy.consumer.arn
}

output "consumer_role_arn" {
  description = "The role of the consumer's program; attach the rights of its sinks to it."
  value       = aws_iam_role.consumer.arn
}

output "cluster_name" {
  description = "The ECS cluster."
  value       = aws_ecs_cluster.this.name
}

output "service_name" {
  description = "The ECS service."
  value       = aws_ecs_service.consumer.name
}

output "log_group_name" {
  description = "Where the consumer logs."
  value       = aws_cloudwatch_log_group.consumer.name
}

output "producer_role_name" {
  description = "Its name, for the variants; null likewise."
  value       = one(aws_iam_role.producer[*].name)
}
