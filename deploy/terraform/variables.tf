variable "name" {
  description = "Prefix of everything that is created, as \"dock\"; stream names are NAME-CAMERA."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,30}$", var.name))
    error_message = "name must be 1 to 31 letters, digits or hyphens, and begin with a letter."
  }
}

variable "cameras" {
  description = "One video stream per entry. With 0 hours of retention nothing is archived: after a cut only the last five minutes are there, and time ranges, clips and images do not work."
  type = map(object({
    retention_hours = optional(number, 24)
    kms_key_arn     = optional(string)
    tags            = optional(map(string), {})
  }))

  validation {
    condition     = length(var.cameras) > 0
    error_message = "cameras must name at least one camera."
  }

  validation {
    condition     = alltrue([for camera in keys(var.cameras) : can(regex("^[a-zA-Z0-9_.-]{1,128}$", camera))])
    error_message = "a camera's name is part of its stream's: 1 to 128 letters, digits, or any of _ . -"
  }

  validation {
    condition     = alltrue([for camera in values(var.cameras) : camera.retention_hours >= 0 && camera.retention_hours <= 87600 && floor(camera.retention_hours) == camera.retention_hours])
    error_message = "retention_hours must be a whole number within 0..87600 (ten years)."
  }

  validation {
    condition     = alltrue([for camera in values(var.cameras) : camera.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$", camera.kms_key_arn))])
    error_message = "kms_key_arn must be the ARN of a key (arn:aws:kms:REGION:ACCOUNT:key/ID), not of an alias: policies name it."
  }
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}

variable "producer_principal_arns" {
  description = "Who may take the producer's role: ARNs of the roles or users of the sites. Empty: no role, only the policy."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.producer_principal_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+$", arn))])
    error_message = "producer_principal_arns must be ARNs of roles or users, not of whole accounts."
  }
}

variable "image" {
  description = "The consumer's container image, with a tag or digest, as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/dock-consumer@sha256:…"
  type        = string

  validation {
    condition     = can(regex("^[^ ]+(:[a-zA-Z0-9_.-]+|@sha256:[0-9a-f]{64})$", var.image)) && !can(regex(":latest$", var.image))
    error_message = "image must have a tag or a digest, and not :latest: a restarted task would be another program."
  }
}

variable "ecr_repository_arn" {
  description = "The repository that holds the image; null for a public image, which needs no permission."
  type        = string
  default     = null

  validation {
    condition     = var.ecr_repository_arn == null || can(regex("^arn:[a-z-]+:ecr:[a-z0-9-]+:[0-9]{12}:repository/.+$", var.ecr_repository_arn))
    error_message = "ecr_repository_arn must be arn:aws:ecr:REGION:ACCOUNT:repository/NAME."
  }
}

variable "command" {
  description = "The consumer's command, as [\"fleet\", \"--config\", \"/etc/videoml/fleet.yaml\"]; empty for the image's own."
  type        = list(string)
  default     = []
}

variable "environment" {
  description = "Environment of the consumer. No secrets: whoever may describe the task can read them."
  type        = map(string)
  default     = {}
}

variable "health_command" {
  description = "Shell command in the container that fails when the consumer hangs, as \"wget -qO- http://127.0.0.1:9404/metrics\"; null for none: then only an exit restarts it."
  type        = string
  default     = null
}

variable "cpu" {
  description = "CPU units of the task, 1024 a core. A 1080p camera needs about half a core to decode, the model its own."
  type        = number
  default     = 2048

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu must be one that Fargate has: 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "Memory of the task in MiB; Fargate allows ranges that depend on cpu."
  type        = number
  default     = 4096

  validation {
    condition     = var.memory >= 512 && var.memory <= 122880
    error_message = "memory must be within 512..122880 MiB."
  }
}

variable "vpc_id" {
  description = "The VPC of the consumer."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id must be vpc-…"
  }
}

variable "subnet_ids" {
  description = "Its subnets, in two zones or more: private ones with a NAT gateway or the interface endpoints of Kinesis Video Streams, ECR and logs."
  type        = list(string)

  validation {
    condition     = length(var.subnet_ids) > 0 && alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "subnet_ids must name at least one subnet-…"
  }
}

variable "assign_public_ip" {
  description = "Whether the task gets a public address; needed in public subnets only. Nothing may connect to it all the same."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long the consumer's logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "log_retention_days must be one that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731."
  }
}
